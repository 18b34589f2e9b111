"""HTML that needs no other file: a whole page, or a part of the desk's."""

from __future__ import annotations

from html import escape

STYLE = """
.pq-eval{--ink:#1c1c1e;--soft:#63636a;--line:#d9d9de;--paper:#fff;--good:#12704a;--bad:#b3261e;
--mark:#1f5fbf;color:var(--ink);background:var(--paper);font:15px/1.5 system-ui,sans-serif}
@media (prefers-color-scheme:dark){.pq-eval{--ink:#ececf0;--soft:#a4a4ad;--line:#3c3c42;
--paper:#17171a;--good:#63cf9e;--bad:#ff8f85;--mark:#8ab4ff}}
.pq-eval h1{font-size:1.5rem;margin:0 0 .3rem}.pq-eval h2{font-size:1.15rem;margin:2rem 0 .5rem}
.pq-eval p{margin:.3rem 0;max-width:75ch}.pq-eval .soft{color:var(--soft)}
.pq-eval .good{color:var(--good)}.pq-eval .bad{color:var(--bad)}
.pq-eval .wide{overflow-x:auto}
.pq-eval table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
.pq-eval th,.pq-eval td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:right;
vertical-align:top}
.pq-eval th:first-child,.pq-eval td:first-child{text-align:left}
.pq-eval .case{border:1px solid var(--line);border-radius:6px;padding:.6rem .9rem;margin:.6rem 0}
.pq-eval .case h3{font-size:1rem;margin:0}.pq-eval dl{margin:.4rem 0 0;display:grid;
grid-template-columns:7rem 1fr;gap:.15rem .8rem}.pq-eval dt{color:var(--soft)}
.pq-eval dd{margin:0;overflow-wrap:anywhere}
.pq-eval del{color:var(--bad)}.pq-eval ins{color:var(--good);text-decoration-thickness:2px}
.pq-eval .plots{display:flex;flex-wrap:wrap;gap:1.5rem}.pq-eval svg.plot{max-width:100%;height:auto}
.pq-eval svg text{font-size:11px;fill:var(--ink)}.pq-eval .axis{stroke:var(--soft)}
.pq-eval .guide{stroke:var(--soft);stroke-dasharray:3 4}.pq-eval .bar{stroke:var(--mark);
stroke-width:4;opacity:.45}.pq-eval .dot{fill:var(--mark)}.pq-eval .faint{opacity:.4}
.pq-eval .line{fill:none;stroke:var(--mark);stroke-width:1.5}
"""


def page(title: str, body: str) -> str:
    """A whole file that needs nothing else."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>body{{margin:0}}main{{max-width:1100px;margin:auto;"
        f"padding:1.5rem}}{STYLE}</style></head>"
        f'<body class="pq-eval"><main>{body}</main></body></html>\n'
    )


def fragment(body: str) -> str:
    """The same as a part of another page."""
    return f'<style>{STYLE}</style><div class="pq-eval">{body}</div>'
