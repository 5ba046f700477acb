from mutagen import FileType
from mutagen._vorbis import VComment

class OggOpus(FileType):
    tags: VComment
