"""Batches that lie in a bucket: a real client, and a real server of S3 on this machine."""

import io
import pickle
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import shake_128
from pathlib import Path
from urllib.request import Request, urlopen

import pyarrow as pa
import pytest
from moto.server import ThreadedMotoServer
from pyarrow.parquet import write_table
from s3fs import S3FileSystem

from matcher.errors import MatcherError
from matcher.inputs.files import File
from matcher.inputs.inputs import Inputs
from matcher.reading.errors import ReadingError
from matcher.reading.limits import Limits
from tests.make_zip import zipped

TEXT = "王小明，負責客服流程規劃。".encode()
BIG = shake_128().digest(3_000_000)  # of which a client does not fetch the end with the beginning


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an S3 server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[S3FileSystem]:
    """A client of the server, where there is nothing but an empty bucket «resumes»."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    urlopen(f"{server}/moto-api/reset", data=b"").close()  # noqa: S310 - this machine's own address
    S3FileSystem.clear_instance_cache()
    client = S3FileSystem(use_listings_cache=False)
    client.mkdir("resumes")
    yield client
    S3FileSystem.clear_instance_cache()


@contextmanager
def refusing(server: str) -> Iterator[None]:
    """For as long as the block lasts, the server knows nobody and lets nobody in."""

    def answer_unasked(requests: bytes) -> None:
        urlopen(Request(f"{server}/moto-api/reset-auth", requests, {"Content-Type": "text/plain"})).close()  # noqa: S310 - this machine's own address

    answer_unasked(b"0")
    try:
        yield
    finally:
        answer_unasked(b"inf")


def test_gives_what_lies_below_a_prefix(bucket: S3FileSystem) -> None:
    for path in ("二月/王小明.txt", "二月/新/[1]?#%.txt", "二月/.隱藏/a.txt", "三月/a.txt", "二月.txt"):
        bucket.pipe(f"resumes/{path}", TEXT)
    inputs = Inputs(["s3://resumes/二月/"])
    assert [(source.key, source.name) for source in inputs] == [
        ("s3://resumes/二月/王小明.txt", "王小明.txt"),
        ("s3://resumes/二月/新/[1]?#%.txt", "新/[1]?#%.txt"),
    ]
    assert inputs.skipped == {"隱藏資料夾": 1}
    assert {pickle.loads(pickle.dumps(source)).load(Limits()) for source in inputs} == {TEXT}  # noqa: S301 - our own


def test_a_bucket_is_an_input(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/二月/王小明.txt", TEXT)
    bucket.pipe("resumes/王小明.txt", TEXT)
    assert [source.name for source in Inputs(["s3://resumes"])] == ["王小明.txt", "二月/王小明.txt"]


def test_an_object_is_an_input(bucket: S3FileSystem, tmp_path: Path) -> None:
    bucket.pipe("resumes/二月/王小明.txt", TEXT)
    (tmp_path / "王小明.txt").write_bytes(b"x")
    url = "s3://resumes/二月/王小明.txt"
    (source,) = Inputs([url, url, "s3a://resumes/二月/王小明.txt"])
    assert (source.key, source.name, source.load(Limits())) == (url, "王小明.txt", TEXT)
    assert [source.name for source in Inputs([url, str(tmp_path)])] == [
        "王小明.txt",
        f"{tmp_path.name}/王小明.txt",
    ]


def test_the_stamp_changes_with_the_content(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/a.txt", b"1")
    inputs = Inputs(["s3://resumes"])
    ((first,), (again,)) = inputs, inputs
    bucket.pipe("resumes/a.txt", b"2")
    (other,) = inputs
    assert first.stamp == again.stamp != other.stamp
    assert other.stamp == next(iter(Inputs(["s3://resumes/a.txt"]))).stamp


def test_an_object_and_a_folder_of_one_name_are_both_there(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/a", TEXT)
    bucket.pipe("resumes/a/b", TEXT)
    assert [source.name for source in Inputs(["s3://resumes"])] == ["a", "a/b"]


def test_empty_objects_that_stand_for_folders_are_none(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/二月/王小明.txt", TEXT)
    bucket.call_s3("put_object", Bucket="resumes", Key="二月/", Body=b"")
    inputs = Inputs(["s3://resumes/二月", "s3://resumes"])
    assert [source.name for source in inputs] == ["二月/王小明.txt"]
    assert inputs.skipped == {}


def test_a_folder_without_a_name_cannot_be_listed_and_is_counted(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/a.txt", TEXT)
    bucket.call_s3("put_object", Bucket="resumes", Key="/b.txt", Body=TEXT)
    bucket.call_s3("put_object", Bucket="resumes", Key="二月//c.txt", Body=TEXT)
    inputs = Inputs(["s3://resumes"])
    assert [source.name for source in inputs] == ["a.txt"]
    assert inputs.skipped == {"沒有名稱的資料夾": 2}


def test_more_objects_than_one_page_of_a_listing(
    bucket: S3FileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "7")
    names = [f"{number:02}.txt" for number in range(20)]
    bucket.pipe({f"resumes/{name}": TEXT for name in names})
    assert len(bucket.call_s3("list_objects_v2", Bucket="resumes")["Contents"]) == 7
    assert [source.name for source in Inputs(["s3://resumes"])] == names


def test_folders_are_listed_as_they_come_and_not_kept(bucket: S3FileSystem) -> None:
    for folder in "abc":
        bucket.pipe(f"resumes/{folder}/1.txt", TEXT)
    sources = iter(Inputs(["s3://resumes"]))
    first = next(sources)
    bucket.rm("resumes/c/1.txt")
    bucket.pipe("resumes/b/2.txt", TEXT)
    assert [source.name for source in (first, *sources)][:3] == ["a/1.txt", "b/1.txt", "b/2.txt"]
    assert isinstance(first, File)
    assert len(first.location.fs.dircache) == 0


def test_an_object_that_is_gone_is_unreachable(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/a.txt", TEXT)
    (source,) = Inputs(["s3://resumes"])
    bucket.rm("resumes/a.txt")
    with pytest.raises(ReadingError, match="讀不到這個檔案（找不到）") as caught:
        source.load(Limits())
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    ("content", "code", "words"), [(b"", "empty", "0 位元組"), (bytes(2000), "too_large", "檔案最大")]
)
def test_an_object_of_a_wrong_size_is_not_fetched(
    bucket: S3FileSystem, content: bytes, code: str, words: str
) -> None:
    bucket.pipe("resumes/a.txt", content)
    (source,) = Inputs(["s3://resumes"])
    bucket.rm("resumes/a.txt")
    with pytest.raises(ReadingError, match=words) as caught:
        source.load(Limits(file_bytes=1000))
    assert caught.value.code == code


def test_an_object_that_grew_is_not_read_beyond_the_limit(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/a.txt", TEXT)
    (source,) = Inputs(["s3://resumes"])
    bucket.pipe("resumes/a.txt", bytes(5000))
    with pytest.raises(ReadingError, match="檔案最大") as caught:
        source.load(Limits(file_bytes=1000))
    assert caught.value.code == "too_large"


def test_a_zip_in_a_bucket(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/批次.zip", zipped(("二月/王小明.txt", TEXT), ("大.txt", BIG)))
    inputs = Inputs(["s3://resumes/批次.zip"])
    assert [(source.key, source.name) for source in inputs] == [
        ("s3://resumes/批次.zip::二月/王小明.txt", "二月/王小明.txt"),
        ("s3://resumes/批次.zip::大.txt", "大.txt"),
    ]
    assert [len(pickle.loads(pickle.dumps(source)).load(Limits())) for source in inputs] == [  # noqa: S301 - our own
        len(TEXT),
        len(BIG),
    ]


def test_a_zip_that_cannot_be_reached_any_more_is_not_called_damaged(bucket: S3FileSystem) -> None:
    bucket.pipe("resumes/批次.zip", zipped(("a", BIG), ("b", TEXT), packing=0))
    source, _ = Inputs(["s3://resumes/批次.zip"])
    bucket.rm("resumes/批次.zip")
    with pytest.raises(ReadingError, match="讀不到這個壓縮檔（找不到）") as caught:
        source.load(Limits())
    assert caught.value.code == "unreachable"


def test_tables_in_a_bucket(bucket: S3FileSystem) -> None:
    parquet = io.BytesIO()
    write_table(pa.table({"編號": ["A1"], "自傳": ["熟悉客訴處理"]}), parquet)
    bucket.pipe("resumes/a.parquet", parquet.getvalue())
    bucket.pipe("resumes/b.csv", "編號,自傳\nB1,負責流程規劃\n".encode("cp950"))
    inputs = Inputs(["s3://resumes/a.parquet", "s3://resumes/b.csv"], text_column="自傳", name_column="編號")
    assert [(source.key, source.name, source.load(Limits()).decode()) for source in inputs] == [
        ("s3://resumes/a.parquet::row 1", "a.parquet/A1", "熟悉客訴處理"),
        ("s3://resumes/b.csv::row 2", "b.csv/B1", "負責流程規劃"),
    ]


@pytest.mark.parametrize("url", ["s3://nowhere", "s3://nowhere/二月", "s3://resumes/沒有"])
@pytest.mark.usefixtures("bucket")
def test_a_bucket_or_prefix_that_does_not_exist(url: str) -> None:
    with pytest.raises(MatcherError, match=f"找不到「{url}」"):
        Inputs([url])


def test_an_empty_bucket(bucket: S3FileSystem) -> None:
    bucket.call_s3("put_object", Bucket="resumes", Key="二月/", Body=b"")
    with pytest.raises(MatcherError, match="「s3://resumes/二月」裡沒有可以評分的檔案。"):
        list(Inputs(["s3://resumes/二月"]))


@pytest.mark.parametrize("url", ["s3://resumes", "s3://resumes/二月"])
def test_a_bucket_that_one_may_not_read(bucket: S3FileSystem, server: str, url: str) -> None:
    bucket.pipe("resumes/二月/王小明.txt", TEXT)
    with refusing(server), pytest.raises(MatcherError, match=f"讀不到「{url}」：沒有權限"):
        Inputs([url])


def test_an_object_that_one_may_not_read_any_more(bucket: S3FileSystem, server: str) -> None:
    bucket.pipe("resumes/a.txt", TEXT)
    (source,) = Inputs(["s3://resumes"])
    with refusing(server), pytest.raises(ReadingError, match="沒有權限") as caught:
        source.load(Limits())
    assert caught.value.code == "unreachable"


def test_a_folder_that_one_may_not_list_is_a_failure_of_its_own(bucket: S3FileSystem, server: str) -> None:
    bucket.pipe("resumes/a.txt", TEXT)
    bucket.pipe("resumes/b/1.txt", TEXT)
    sources = iter(Inputs(["s3://resumes"]))
    assert next(sources).name == "a.txt"
    with refusing(server):
        (folder,) = sources
    assert (folder.key, folder.name) == ("s3://resumes/b", "b")
    with pytest.raises(ReadingError, match="讀不到這個資料夾（沒有權限）"):
        folder.load(Limits())


@pytest.mark.usefixtures("bucket")
def test_without_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(MatcherError, match="讀不到「s3://resumes」：沒有登入憑證"):
        Inputs(["s3://resumes"])


@pytest.mark.usefixtures("bucket")
def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:  # and no one listens
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        S3FileSystem.clear_instance_cache()
        with pytest.raises(MatcherError, match="讀不到「s3://resumes」：連不上伺服器"):
            Inputs(["s3://resumes"])
