"""How the desk looks: system fonts only, one accent colour, light and dark."""

CSS = """
:root { --pq-ink: #1d1d1b; --pq-paper: #fbfaf7; --pq-line: #d9d5cb; --pq-quiet: #5f5b52;
  --pq-accent: #0b5a7a; --pq-warn: #8a4b00; --pq-read: Charter, Georgia, "Noto Serif",
  "Noto Serif CJK SC", serif; }
.dark { --pq-ink: #eceae4; --pq-paper: #181816; --pq-line: #3b3a36; --pq-quiet: #b3afa5;
  --pq-accent: #7cc4e4; --pq-warn: #e9b46a; }
.pq-differ { color: var(--pq-warn); font-size: .95rem; }
#pq-ask { background: var(--pq-accent); color: var(--pq-paper); max-width: 8rem; }
html, body, gradio-app, .gradio-container { background: var(--pq-paper) !important;
  color: var(--pq-ink); }
.gradio-container { max-width: 46rem !important; margin: 0 auto !important; padding: 2rem 1rem
  4rem !important; }
footer { display: none !important; }
#pq-title h1 { font: 600 1.9rem/1.2 var(--pq-read); margin: 0; color: var(--pq-ink); }
#pq-title p { color: var(--pq-quiet); margin: .3rem 0 0; }
.pq-text { font: 1.18rem/1.65 var(--pq-read); color: var(--pq-ink); margin: 1rem 0; }
.pq-chip { display: inline-block; font: 600 .74rem/1.45 system-ui, sans-serif; min-width: 1.3rem;
  text-align: center; margin-left: .25rem; padding: 0 .35rem; border-radius: .7rem;
  color: var(--pq-paper) !important; background: var(--pq-accent); text-decoration: none;
  vertical-align: .18rem; }
.pq-chip:focus-visible, .pq-sources a:focus-visible { outline: 3px solid var(--pq-warn);
  outline-offset: 2px; }
.pq-sources { padding-left: 1.4rem; margin: 1.2rem 0 0; border-top: 1px solid var(--pq-line);
  list-style: decimal; }
.pq-sources li { margin: 1rem 0; color: var(--pq-quiet); }
.pq-sources li:target blockquote { border-left-color: var(--pq-accent); }
.pq-where { margin: 0; font-size: .9rem; color: var(--pq-quiet); }
.pq-where a { color: var(--pq-accent); }
.pq-sources blockquote { font: 1rem/1.6 var(--pq-read); color: var(--pq-ink); margin: .35rem 0 0;
  padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--pq-line); }
.pq-note { font-size: .85rem; color: var(--pq-quiet); }
.pq-silence { border: 1px dashed var(--pq-warn); border-radius: .5rem; padding: .2rem 1.2rem;
  margin-top: 1rem; }
.pq-silence > .pq-text { color: var(--pq-warn); margin-bottom: 0; }
.pq-error { color: var(--pq-warn); font-weight: 600; }
"""
