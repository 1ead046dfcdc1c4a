# Each target does its own set-up: system packages (apt), then the Python environment .venv.
.PHONY: help demo test bench rivals check-all format clean system environment

help:
	@echo "make demo       the main job: compare salts in two adults; table, CSV, PNG, page in out/demo/"
	@echo "make test       build and test everything (C++, Python, examples, README, installed package)"
	@echo "make bench      the benchmarks"
	@echo "make rivals     other solvers on the reference problem: table and plots in out/bench/ (30 minutes)"
	@echo "make check-all  make test, every sanitizer, both compilers, clang-tidy, an empty environment"
	@echo "make format     apply clang-format 16 to the C++ files"
	@echo "make clean      remove build/ and out/"

system:
	@tools/setup_system.sh

environment: system
	@tools/setup_python.sh

demo: environment
	@tools/install_package.sh
	.venv/bin/python examples/demo.py

test: environment
	cmake --workflow --preset dev
	@tools/install_package.sh
	.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal

bench: system
	@tools/setup_system.sh --bench
	cmake --preset bench
	cmake --build --preset bench
	ctest --preset bench -R instruction_counts
	tools/run_benchmarks.sh build/bench

rivals: system
	@tools/setup_rivals.sh
	cmake --preset rivals
	cmake --build --preset rivals
	python3 benchmarks/rivals/run.py --python build/rivals-venv/bin/python

check-all: environment
	tools/check_all

format: environment
	.venv/bin/python tools/check_format.py --fix

clean:
	rm -rf build out
