"""The standards that are known on this machine: those that are shipped, and those that were imported."""

from pathlib import Path

from platformdirs import user_data_path

from matcher.data import data_path
from matcher.errors import MatcherError
from matcher.settings import Settings
from matcher.standard import Standard, available_standards, load_standard, save_standard


class Catalogue:
    """Finds standards by code. ``folder`` is where imported ones are kept: ``MATCHER_STANDARDS``, or a folder
    of the user's own. A shipped standard is never hidden by an imported one."""

    def __init__(self, settings: Settings) -> None:
        own = user_data_path("icap-matcher") / "standards"
        self.folder = Path(settings.standards) if settings.standards else own

    def codes(self) -> dict[str, Path]:
        """The folder of each standard, by code, sorted."""
        places = (self.folder, data_path("standards"))  # the later wins
        return dict(
            sorted({code: folder for folder in places for code in available_standards(folder)}.items())
        )

    def find(self, name: str) -> Standard:
        """The standard of that code, or of the ``.json`` file of that path.

        Raises:
            MatcherError: there is none, or its file is damaged.
        """
        if name.lower().endswith(".json"):
            path = Path(name)
            if not path.is_file():
                raise MatcherError(f"找不到職能基準的檔案「{name}」。")
            return load_standard(path.stem, path.parent)
        known = self.codes()
        if name not in known:
            raise MatcherError(f"沒有職能基準「{name}」；現有：{'、'.join(known)}。")
        return load_standard(name, known[name])

    def add(self, standard: Standard, *, overwrite: bool = False) -> Path:
        """Keep an imported standard; gives its file.

        Raises:
            MatcherError: its code is that of a shipped standard, or it cannot be written.
        """
        if standard.code in available_standards():
            raise MatcherError(
                f"{standard.code} 是內建的職能基準，不能取代，也不必匯入；要另存一份請加 --out 資料夾。"
            )
        return save_standard(standard, self.folder, overwrite=overwrite)
