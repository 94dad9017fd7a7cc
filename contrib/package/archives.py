"""Archives whose bytes depend on nothing but what is in them and the time that is given."""
import gzip
import hashlib
import io
import os
import pathlib
import tarfile


def packed(content, time, level=9):
    """gzip without a name, and with a time that is given."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=time, compresslevel=level) as file:
        file.write(content)
    return out.getvalue()


def settle(folder, time):
    """Folders and links get the modes and times that they have in every build."""
    for path in sorted(pathlib.Path(folder).rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        os.utime(path, (time, time), follow_symlinks=False)
    pathlib.Path(folder).chmod(0o755)
    os.utime(folder, (time, time))


def tarball(folder, prefix, out, time, level):
    """Writes a .tar.gz of a folder, whose files belong to root in it."""
    folder = pathlib.Path(folder)
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = pathlib.PurePosixPath(prefix) / path.relative_to(folder).as_posix()
            info = archive.gettarinfo(path, arcname=str(name))
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = time
            if info.isreg():
                with path.open("rb") as file:
                    archive.addfile(info, file)
            else:
                archive.addfile(info)
    pathlib.Path(out).write_bytes(packed(inner.getvalue(), time, level))


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def md5(path):
    """Of files in a Debian package: what dpkg --verify compares."""
    return hashlib.md5(pathlib.Path(path).read_bytes()).hexdigest()
