from mutagen import FileType
from mutagen._vorbis import VComment

class OggFLAC(FileType):
    tags: VComment
