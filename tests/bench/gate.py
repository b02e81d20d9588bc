# SPDX-License-Identifier: MulanPSL-2.0
"""The bench's regression gate: its ratios against the last recorded ones (recorded.json beside it). Only ratios, since they hold on any machine; a
ratio is worse when it is TIMES further off. `tests/bench/run --record …` records what it measured, of parts that were run."""
import json
from pathlib import Path

RECORDED = Path(__file__).resolve().parent / 'recorded.json'
TIMES = 1.5
LEAST = {'growth': 1.0, 'ratio': 0.05}  # below that it is noise
MORE_IS_BETTER = {('list', 'ratio'), ('deep', 'ratio'), ('case', 'ratio'), ('public', 'ratio'), ('writes', 'ratio'), ('writes', 'drafts_ratio')}


def ratios(result):
    """{(part, name): value} of what has no unit."""
    return {(part, name): value for part, figures in result.items() if isinstance(figures, dict) and part != 'goals'
            for name, value in figures.items() if name.split('_')[-1] in ('ratio', 'growth') or name.startswith('ratio')}


def is_worse(key, now, old):
    if key in MORE_IS_BETTER:
        return now * TIMES < old
    return now > TIMES * max(old, LEAST['growth' if 'growth' in key[0] + key[1] else 'ratio'])


def worse(result, recorded):
    """Lines about what is worse than recorded; of another scale nothing is compared."""
    if result.get('scale') != recorded.get('scale'):
        print(f'gate: nothing is recorded for scale {result.get("scale")} (--record records it): nothing compared')
        return []
    old = ratios(recorded)
    return [f'{key[0]} {key[1]}: {now:.3f}, recorded {old[key]:.3f}' for key, now in sorted(ratios(result).items())
            if key in old and is_worse(key, now, old[key])]


def read():
    return json.loads(RECORDED.read_text()) if RECORDED.exists() else {}


def record(result):
    """Keeps the ratios of parts that were not run this time, of the same scale."""
    kept = read() if read().get('scale') == result['scale'] else {}
    for (part, name), value in ratios(result).items():
        kept.setdefault(part, {})[name] = round(value, 4)
    kept.update({key: result[key] for key in ('scale', 'at', 'cores', 'load')})
    RECORDED.write_text(json.dumps(kept, indent=2, sort_keys=True) + '\n')
