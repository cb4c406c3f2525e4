"""Repeats calls: a line of JSON each on standard input, with the answer of Rust; `cargo xtask campaign differential`.

Prints those that are answered otherwise, and at last how many there were and how many of them differ.
"""

from __future__ import annotations

import json
import sys

import alms


def answer(op: str, text: str) -> str:
    try:
        return alms.call_json(op, text)
    except alms.AlmsError as error:
        return json.dumps(error.to_dict(), ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    repeated, differing = 0, 0
    for line in sys.stdin.buffer:
        call = json.loads(line)
        found = answer(call["op"], call["input"])
        repeated += 1
        if found != call["output"]:
            differing += 1
            if differing <= 5:
                print(f"{call['op']} {call['input']}\n  Rust:   {call['output']}\n  Python: {found}")
    print(repeated, differing)


if __name__ == "__main__":
    main()
