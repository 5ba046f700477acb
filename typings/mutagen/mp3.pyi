from mutagen import FileType
from mutagen.id3 import ID3

class MPEGInfo:
    encoder_info: str

class MP3(FileType):
    tags: ID3 | None
    info: MPEGInfo
