"""A PDF written anew without what it carries beside its pages."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from inspection.findings import Failure, InspectionFailed
from inspection.formats import jpeg_segments
from inspection.formats.pdf_objects import (
    CARRYING_NOTES,
    dictionaries,
    is_note,
    is_running,
    leads_to_a_file,
    photographs,
    word,
)

# What the catalogue and the trailer may keep (ISO 32000-2, tables 15 and 29); everything else goes,
# and what a program put there under a name of its own.
_OF_THE_DOCUMENT = frozenset(
    ("/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests",
     "/ViewerPreferences", "/PageLayout", "/PageMode", "/Outlines", "/AcroForm", "/StructTreeRoot",
     "/MarkInfo", "/Lang", "/OutputIntents", "/OCProperties")
)  # fmt: skip
_OF_THE_FILE = frozenset(
    ("/Root", "/Size", "/Prev", "/XRefStm", "/Encrypt", "/Type", "/W", "/Index", "/Filter",
     "/DecodeParms", "/Length")
)  # fmt: skip
_OF_ANYTHING = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb", "/XFA", "/AF", "/JS",
    "/CreatorInfo",
)  # fmt: skip
_OF_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/Subj", "/RC")
_NAME_TREES = (
    "/EmbeddedFiles", "/JavaScript", "/AlternatePresentations", "/Renditions", "/IDS", "/URLS",
)  # fmt: skip
_ACTIONS = ("/A", "/PA", "/Next")
# Signatures are void once the file has changed, and name who signed.
_OF_SIGNED_FIELDS = ("/V", "/Lock", "/SV")


def opened(data: bytes) -> Pdf:
    """Raises InspectionFailed UNSUPPORTED for one that wants a password."""
    try:
        return pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise InspectionFailed(Failure.UNSUPPORTED) from error


def cleaned(data: bytes) -> bytes:
    """Only what the pages reach is written; the identifier tells nothing but the content."""
    with opened(data) as document:
        _drop_all_but(document.trailer, _OF_THE_FILE)
        _clean_the_document(document.Root)
        for dictionary in list(dictionaries(document)):
            _clean(dictionary)
        for stream, jpeg in list(photographs(document)):
            _clean_photograph(stream, jpeg)
        out = BytesIO()
        document.save(out, deterministic_id=True, encryption=False, linearize=False)
        return out.getvalue()


def _clean_the_document(root: Object) -> None:
    _drop_all_but(root, _OF_THE_DOCUMENT)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        _drop(names, _NAME_TREES)
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        _drop(form, ("/SigFlags",))
    for layers in _layers(root.get("/OCProperties")):
        _drop(layers, ("/Creator",))


def _layers(properties: object) -> list[Dictionary]:
    """The ways in which layers are shown."""
    if not isinstance(properties, Dictionary):
        return []
    others = properties.get("/Configs")
    ways = [properties.get("/D"), *(others if isinstance(others, Array) else ())]
    return [each for each in ways if isinstance(each, Dictionary)]


def _clean(dictionary: Dictionary) -> None:
    _drop(dictionary, _OF_ANYTHING)
    if is_note(dictionary):
        _drop(dictionary, _OF_NOTES)
    if word(dictionary, "/FT") == "/Sig":
        _drop(dictionary, _OF_SIGNED_FIELDS)
    for key in _ACTIONS:
        _drop_actions(dictionary, key)
    notes = dictionary.get("/Annots")
    if isinstance(notes, Array):
        dictionary["/Annots"] = Array([note for note in notes if not _carries(note)])


def _drop_actions(dictionary: Dictionary, key: str) -> None:
    action = dictionary.get(key)
    if _goes(action):
        del dictionary[key]
    elif isinstance(action, Array):
        dictionary[key] = Array([one for one in action if not _goes(one)])


def _goes(action: object) -> bool:
    """It runs something, or leads into the folders of the machine where it was made."""
    return is_running(action) or leads_to_a_file(action)


def _carries(note: object) -> bool:
    return isinstance(note, Dictionary) and word(note, "/Subtype") in CARRYING_NOTES


def _clean_photograph(stream: Stream, jpeg: bytes) -> None:
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, Array):
        parameters = parameters[-1] if len(parameters) else None
    stream.write(
        jpeg_segments.without_metadata(jpeg),
        filter=Name.DCTDecode,
        decode_parms=parameters if isinstance(parameters, Dictionary) else None,
    )


def _drop_all_but(dictionary: Object, kept: frozenset[str]) -> None:
    _drop(dictionary, tuple(key for key, _ in dictionary.items() if key not in kept))


def _drop(dictionary: Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]
