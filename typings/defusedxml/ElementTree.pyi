from xml.etree.ElementTree import Element

def fromstring(
    text: str | bytes,
    forbid_dtd: bool = False,
    forbid_entities: bool = True,
    forbid_external: bool = True,
) -> Element: ...
