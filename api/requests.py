"""What clients send as JSON, as fields beside files, and in the query."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from matcher.scoring.report import Kind

Text = Annotated[
    str,
    Meta(
        min_length=1,
        pattern=r"\S",
        description="全文；最長見設定 MATCHER_MAX_CHARACTERS（預設 2,000,000 字），超過得到 413。",
        examples=["王小明\n客服專員，五年經驗。每月彙整客訴，訂定客訴處理 SOP 與滿意度指標。"],
    ),
]
Name = Annotated[
    Annotated[str, Meta(min_length=1, max_length=255)] | None,
    Meta(description="檔名或代號，會放回結果裡。", examples=["A-001"]),
]
StandardCode = Annotated[
    Annotated[str, Meta(min_length=1, max_length=64)] | None,
    Meta(
        description="職能基準代碼，見 GET /v1/standards；不寫就是 BAS2421-003v4。", examples=["BAS2421-003v4"]
    ),
]
KindChoice = Annotated[
    Kind | None,
    Meta(description="resume 履歷、posting 職缺；不寫就是文件自己寫的，文件沒寫就是 resume。"),
]
Masked = Annotated[bool | None, Meta(description="以 ● 遮住回應裡的個資；不寫就是 true，false 不遮。")]


First = Annotated[int, Meta(ge=0, le=1_000_000, description="從第幾個開始，從 0 數。")]
BatchMasked = Annotated[
    bool | None,
    Meta(description="留存的結果裡個資以 ● 遮住；不寫就是 true。false 不遮，以後也無法改。"),
]


class ScoreText(Struct, forbid_unknown_fields=True, frozen=True):
    """A text to score, and how."""

    text: Text
    kind: KindChoice = None
    standard: StandardCode = None
    masked: Masked = None


class NamedText(Struct, forbid_unknown_fields=True, frozen=True):
    """A text and the name by which the client knows it."""

    text: Text
    name: Name = None


class MatchTexts(Struct, forbid_unknown_fields=True, frozen=True):
    """A posting, and résumés to compare with it."""

    posting: Annotated[NamedText, Meta(description="職缺。")]
    resumes: Annotated[
        list[NamedText],
        Meta(min_length=1, description="履歷；最多見設定 MATCHER_SERVE_FILES（預設 50 份），超過得到 413。"),
    ]
    standard: StandardCode = None
    masked: Masked = None


class BatchTexts(Struct, forbid_unknown_fields=True, frozen=True):
    """Résumés to be scored one after the other, and a posting to rank them for."""

    resumes: Annotated[
        list[NamedText],
        Meta(
            min_length=1,
            description="履歷；最多見設定 MATCHER_SERVE_BATCH_FILES（預設 2,000 份），超過得到 413。",
        ),
    ]
    posting: Annotated[NamedText | None, Meta(description="職缺；不寫就依職能基準的涵蓋排名。")] = None
    standard: StandardCode = None
    masked: BatchMasked = None


class StandardText(Struct, forbid_unknown_fields=True, frozen=True):
    """The text of a published standard."""

    text: Annotated[
        str,
        Meta(
            min_length=1,
            pattern=r"\S",
            description="iCAP 公布的文件：以 Tab 分欄的全文。",
            examples=["客戶服務企劃人員職能基準\n版本\t職能基準代碼\t…"],
        ),
    ]


class ScoreFields(Struct, forbid_unknown_fields=True, frozen=True):
    """The fields beside a file to score."""

    kind: KindChoice = None
    standard: StandardCode = None
    masked: Masked = None


class MatchFields(Struct, forbid_unknown_fields=True, frozen=True):
    """The fields beside the files to match."""

    standard: StandardCode = None
    masked: Masked = None


class BatchFields(Struct, forbid_unknown_fields=True, frozen=True):
    """The fields beside the files of a batch."""

    standard: StandardCode = None
    masked: BatchMasked = None


class NoFields(Struct, forbid_unknown_fields=True, frozen=True):
    """No fields beside the file."""


class ScoreQuery(Struct, forbid_unknown_fields=True, frozen=True):
    """The query of a request to score. The options count for bodies that are documents themselves."""

    format: Annotated[Literal["json", "html"], Meta(description="json 完整報告，html 給人看的網頁。")] = (
        "json"
    )
    kind: KindChoice = None
    standard: StandardCode = None
    masked: Masked = None


class BatchesQuery(Struct, forbid_unknown_fields=True, frozen=True):
    """The query of the list of batches."""

    most: Annotated[int, Meta(ge=1, le=100, description="最多幾批。")] = 20


class FilesQuery(Struct, forbid_unknown_fields=True, frozen=True):
    """The query of the files of a batch."""

    first: First = 0
    most: Annotated[int, Meta(ge=1, le=1_000, description="最多幾個檔案。")] = 200


class ResultsQuery(Struct, forbid_unknown_fields=True, frozen=True):
    """The query of results. ``first`` and ``most`` count for JSON alone."""

    format: Annotated[
        Literal["json", "csv", "xlsx", "jsonl", "parquet", "html"],
        Meta(description="json 一頁一頁的結果；其他是整份結果的檔案，html 是給人看的報告。"),
    ] = "json"
    first: First = 0
    most: Annotated[int, Meta(ge=1, le=100, description="最多幾份；只對 json 有用。")] = 20
    top: Annotated[
        Annotated[int, Meta(ge=1, le=1_000_000)] | None, Meta(description="只列前幾名；不寫就是全部。")
    ] = None
    min_level: Annotated[
        Annotated[int, Meta(ge=1, le=6)] | None, Meta(description="只列證據相當於這一級以上的。")
    ] = None


class NoQuery(Struct, forbid_unknown_fields=True, frozen=True):
    """No query."""
