"""XML out of DOCX and ODT packages, parsed without entities, network or depth that harms."""

from lxml import etree

from matcher.reading.errors import ReadingError


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML part.

    Raises:
        ReadingError: ``malformed`` for broken XML, for depth without end, and for a document type
            definition, which no word processor writes and entity bombs need.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: etree._Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise ReadingError("malformed", "文件內部的 XML 已損壞，請用文書軟體重新存檔後再試。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadingError("malformed", "文件內部的 XML 帶有 DTD，可能是惡意檔案，為安全起見不讀。")
    return root


def check_memory(error: Exception) -> None:
    """Raise MemoryError for the want of memory that libxml2 gives out as a fault of the syntax."""
    if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from error


def local(element: etree._Element) -> str:
    """The name of an element without its namespace: transitional and strict files differ only there."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The value of an attribute by its name without namespace, or None."""
    if element is not None:
        for key, value in element.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element
