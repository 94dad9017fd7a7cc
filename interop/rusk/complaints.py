"""What the logs of nodes complain about: warnings and errors, counted, for whoever looks for a cause."""
import collections
import json


def of_log(path, most=12):
    counts = collections.Counter()
    with open(path, "rb") as log:
        for line in log:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            level = str(entry.get("level", "")).upper()
            if level not in ("WARN", "WARNING", "ERROR"):
                continue
            fields = entry.get("fields", {})
            fields = {**entry, **fields}  # a Rust node writes them flat
            text = fields.get("message") or fields.get("event") or line.decode(errors="replace")
            details = [str(fields[key]) for key in ("topic", "reason", "error", "err") if key in fields]
            text = " ".join([str(text), *details])
            counts[f"{level} {text[:160]}"] += 1
    return dict(counts.most_common(most))
