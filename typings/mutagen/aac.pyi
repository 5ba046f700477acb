from mutagen import FileType
from mutagen.id3 import ID3

class AAC(FileType):
    tags: ID3 | None
