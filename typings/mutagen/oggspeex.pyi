from mutagen import FileType
from mutagen._vorbis import VComment

class OggSpeex(FileType):
    tags: VComment
