"""What Word, Excel and PowerPoint write of people, times and machines into their parts.

Names are those of ECMA-376 and of Microsoft's extensions ([MS-DOCX], [MS-XLSX], [MS-PPTX]).
"""

import re

from inspection.findings import About
from inspection.formats.traces import Trace, Traces

_SOMEBODY = "Author"
_REMOVED = "removed"
# For times that the schema demands.
_SOME_DAY = "2000-01-01T00:00:00Z"
# A picture's name is that of its file until somebody changes it.
_LIKE_A_FILE = re.compile(r"[\\/]|\.[A-Za-z]\w{1,4}$")

PARTS = Traces(
    elements={
        # Word: numbers of the sessions in which something was written.
        "rsids": About.OTHER,
        # What was deleted, or stood elsewhere, while changes were tracked; told as text.
        "del": None,
        "moveFrom": None,
        "attachedTemplate": About.OTHER,
        "docVars": About.OTHER,
        "mailMerge": About.OTHER,
        "docId": About.OTHER,
        "printerSettings": About.DEVICE,
        "presenceInfo": About.PERSON,
        # Word would fill it again from the properties, which are empty then.
        "dataBinding": None,
        # Excel: the folder that the workbook was last in.
        "absPath": About.OTHER,
        "revisionPtr": About.OTHER,
        "fileSharing": About.PERSON,
        # Excel: the cells of another workbook, kept beside a link to it.
        "sheetDataSet": About.TEXT,
        # PowerPoint: what add-ins keep with a slide, by relationships that are left out below.
        "custDataLst": None,
    },
    attributes={
        ("", "author"): Trace(About.PERSON, _SOMEBODY),
        ("", "initials"): Trace(About.PERSON, "A"),
        ("", "date"): Trace(About.TIME),
        ("", "dateUtc"): Trace(About.TIME),
        ("", "userName"): Trace(About.PERSON, _SOMEBODY),
        ("header", "dateTime"): Trace(About.TIME, _SOME_DAY),
        ("person", "displayName"): Trace(About.PERSON, _SOMEBODY),
        ("person", "userId"): Trace(About.PERSON, _SOMEBODY),
        ("person", "providerId"): Trace(About.OTHER, "None"),
        ("threadedComment", "dT"): Trace(About.TIME),
        ("pivotCacheDefinition", "refreshedBy"): Trace(About.PERSON),
        ("pivotCacheDefinition", "refreshedDate"): Trace(About.TIME),
        ("pivotCacheDefinition", "refreshedDateIso"): Trace(About.TIME),
        # The printer's settings are left out, so nothing may point at them.
        ("pageSetup", "id"): Trace(None),
        ("cmAuthor", "name"): Trace(About.PERSON, _SOMEBODY),
        ("author", "name"): Trace(About.PERSON, _SOMEBODY),
        ("author", "userId"): Trace(About.PERSON, _SOMEBODY),
        ("author", "providerId"): Trace(About.OTHER, "None"),
        ("cm", "dt"): Trace(About.TIME),
        ("cm", "created"): Trace(About.TIME, _SOME_DAY),
        ("reply", "created"): Trace(About.TIME, _SOME_DAY),
        # Word: who may change a part of the text, by the name of the account.
        ("permStart", "ed"): Trace(About.PERSON),
        # Excel: servers, accounts and folders that a sheet was filled from.
        ("connection", "odcFile"): Trace(About.OTHER),
        ("connection", "sourceFile"): Trace(About.OTHER),
        ("dbPr", "connection"): Trace(About.OTHER, _REMOVED),
        ("dbPr", "command"): Trace(About.OTHER),
        ("dbPr", "serverCommand"): Trace(About.OTHER),
        ("olapPr", "localConnection"): Trace(About.OTHER),
        ("textPr", "sourceFile"): Trace(About.OTHER),
        ("webPr", "url"): Trace(About.OTHER),
        ("cNvPr", "name"): Trace(About.OTHER, "", _LIKE_A_FILE),
        ("cNvPr", "descr"): Trace(About.OTHER, "", _LIKE_A_FILE),
        ("docPr", "name"): Trace(About.OTHER, "", _LIKE_A_FILE),
        ("docPr", "descr"): Trace(About.OTHER, "", _LIKE_A_FILE),
        ("imagedata", "title"): Trace(About.OTHER, None, _LIKE_A_FILE),
        ("shape", "alt"): Trace(About.OTHER, None, _LIKE_A_FILE),
    },
    texts={("authors", "author"): Trace(About.PERSON, _SOMEBODY)},
    dropped=("rsid",),
)

# Relationships whose targets a copy does without, by their last step.
LEFT_OUT = {
    "thumbnail": About.EMBEDDED,
    "custom-properties": None,
    "customXml": About.OTHER,
    "tags": About.OTHER,
    "people": None,
    "printerSettings": About.DEVICE,
    "attachedTemplate": None,
    "changesInfo": About.PERSON,
    "revisionInfo": About.OTHER,
    # Excel: the cells as they were before, and who changed them.
    "revisionHeaders": About.TEXT,
    "usernames": About.PERSON,
    "classificationlabels": About.OTHER,
    "origin": About.PERSON,
    "mailMergeSource": None,
    "mailMergeHeaderSource": None,
    "recipientData": About.PERSON,
}

# Properties, by the name of their element. What is not here tells something else.
PROPERTIES = {
    "creator": About.PERSON,
    "lastModifiedBy": About.PERSON,
    "Manager": About.PERSON,
    "Company": About.PERSON,
    "created": About.TIME,
    "modified": About.TIME,
    "lastPrinted": About.TIME,
    "TotalTime": About.TIME,
    "revision": About.OTHER,
    "version": About.OTHER,
    "Template": About.SOFTWARE,
    "Application": About.SOFTWARE,
    "AppVersion": About.SOFTWARE,
    "title": About.TEXT,
    "subject": About.TEXT,
    "description": About.TEXT,
    "keywords": About.TEXT,
    "category": About.TEXT,
    "contentStatus": About.TEXT,
    "HyperlinkBase": About.OTHER,
}
