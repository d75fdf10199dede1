#!/usr/bin/env python3
"""Holds the quality of the program above the floors it has reached.

usage: floors.py SHARED MORGUE
  SHARED holds eval/ (the scorers) and data/ (labelled data); a scorer without .py is an example of
  this repository. Prints each figure beside its floor, and exits with 1 where one is missing or too low.
"""
import json
import os
import subprocess
import sys

# Searches show every article where single articles are judged.
EVERY_ARTICLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "every-article")

# A little below what was reached. Raise a floor when a change lifts its figure; "at most" where it
# begins with <.
FLOORS = [
    ("score_extract.py", ["extract-bed"], {
        "body": 0.990, "boundary": 0.965, "paragraph": 0.930, "urls": 0.992, "headline": 0.985,
        "abstain": 0.985, "date": 0.990, "invented": "<0.005", "byline": 0.938, "related": 0.975,
        "subheads": 0.780, "missing": "<0",
    }),
    ("score_layouts.py", ["layouts/cases.jsonl"], {"whole": 0.985}),
    ("score_layouts.py", ["layouts/wild.jsonl"], {"whole": 0.935}),
    # Bylines of these dispatches are read as such: their writers, whom the gold counts, are not among
    # the persons of the article by the record's contract. Headlines are read.
    ("score_people.py", ["ner/dev/conll_dev.tsv"], {"f1": 0.933}),
    ("score_people.py", ["ner/dev/ww_dev_m.tsv"], {"f1": 0.871}),
    ("score_people.py", ["person-search/wikinews"], {"precision": 0.958, "recall": 0.971}),
    ("compare-names", ["names/pairs.tsv"], {"f1": 0.950}),
    ("score_search.py", ["ranking/wikinews"], {"ndcg10": 0.983, "map": 0.977, "failed": "<0"}),
    ("score_search.py", ["ranking/cran"], {"ndcg10": 0.384, "map": 0.323, "failed": "<0"}),
    ("score_search.py", ["ranking/cisi"], {"ndcg10": 0.409, "map": 0.195, "failed": "<0"}),
]


def main():
    shared, morgue = sys.argv[1:]
    is_low = False
    for scorer, sets, floors in FLOORS:
        paths = [f"{shared}/data/{name}" for name in sets]
        if scorer.endswith(".py"):
            binary = EVERY_ARTICLE if scorer == "score_search.py" else morgue
            command = ["python3", f"{shared}/eval/{scorer}", *paths, "--morgue", binary, "--json"]
        else:
            command = ["cargo", "run", "--quiet", "--release", "--locked", "--example", scorer, "--", *paths]
        environment = {**os.environ, "MORGUE": os.path.abspath(morgue)}
        run = subprocess.run(command, capture_output=True, text=True, env=environment)
        if run.returncode or not run.stdout.strip():
            print(f"{scorer} {sets}: exit {run.returncode}, no figures\n{run.stderr[-2000:]}")
            is_low = True
            continue
        figures = json.loads(run.stdout.splitlines()[0])
        for name, floor in floors.items():
            figure = figures.get(name)
            most = isinstance(floor, str)
            bound = float(floor[1:]) if most else floor
            holds = figure is not None and (figure <= bound if most else figure >= bound)
            is_low |= not holds
            sign = "≤" if most else "≥"
            print(f"{'ok ' if holds else 'LOW'} {sets[0]:26s} {name:10s} {figure} {sign} {bound}")
    sys.exit(is_low)


if __name__ == "__main__":
    main()
