"""The logo of every page, in the words of the page's language."""

from web.i18n import current_language
from web.look.logo import Logo
from web.services import services


def logo_context() -> dict[str, Logo | str | None]:
    """The logo and the words for it; None where the house's seal stands."""
    logo = services().look.logo
    return {"logo": logo, "logo_text": logo.alternative[current_language()] if logo else ""}
