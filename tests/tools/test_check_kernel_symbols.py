"""tools/check_kernel_symbols.py finds code for one instruction set that others could link."""

import subprocess
from pathlib import Path

GOOD = """
namespace mgpk {
inline namespace avx2 {
template <class T> struct Lanes { T run(T x) { return x + 1; } };
template struct Lanes<double>;
}
int avx2_kernels() { return 2; }
}
"""
BAD = GOOD + "template <class T> T add(T a, T b) { return a + b; }\ntemplate int add(int, int);\n"


def compiled(folder: Path, source: str, name: str = "avx2.cpp") -> Path:
    (folder / name).write_text(source)
    target = folder / f"{name}.o"
    subprocess.run(["c++", "-c", folder / name, "-o", target], check=True)
    return target


def test_what_bears_the_name_of_its_set_is_let_pass(run_tool, tmp_path):
    assert run_tool("check_kernel_symbols.py", compiled(tmp_path, GOOD)) == (0, "")


def test_what_other_files_may_define_alike_is_found(run_tool, tmp_path):
    status, text = run_tool("check_kernel_symbols.py", compiled(tmp_path, BAD))
    assert status == 1
    assert "int add<int>(int, int), which does not bear the name avx2" in text


def test_the_name_of_another_set_does_not_help(run_tool, tmp_path):
    status, text = run_tool("check_kernel_symbols.py", compiled(tmp_path, GOOD, "avx512.cpp"))
    assert status == 1
    assert "does not define avx512_kernels()" in text
    assert "mgpk::avx2::Lanes<double>" in text
