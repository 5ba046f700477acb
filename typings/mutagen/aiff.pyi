from mutagen import FileType
from mutagen.id3 import ID3

class AIFF(FileType):
    tags: ID3 | None
