from mutagen import FileType
from mutagen._vorbis import VComment

class OggVorbis(FileType):
    tags: VComment
