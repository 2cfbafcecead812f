# The verbs of this project. Each makes its own virtual environment from the locked requirements.
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in

.PHONY: run test lint eval bench lock clean

run: $(VENV)/.run            ## install, score the sample résumés, show one full report
	$(BIN)/matcher batch data/samples/resumes
	$(BIN)/matcher score data/samples/resumes/planner.txt

test: lint                   ## install, then everything that CI checks
	$(BIN)/python -m pytest -n auto --dist loadfile
	$(BIN)/python -m eval gate

lint: $(VENV)/.dev           ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.dev           ## every quality figure, beside the baselines
	$(BIN)/python -m eval

bench: $(VENV)/.dev          ## every speed figure
	$(BIN)/python -m eval.bench

lock: $(VENV)/.dev           ## resolve the dependencies of pyproject.toml again
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --all-extras --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(LOCK) --extra ocr --extra postgres --extra s3 --constraint requirements/dev.txt --output-file requirements/image.txt

clean:                       ## remove what the verbs above made
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.%: requirements/%.txt pyproject.toml
	test -d $(VENV) || python3 -m venv $(VENV)
	$(INSTALL) --require-hashes -r $<
	$(INSTALL) --no-build-isolation --no-deps -e .
	touch $@
