"""Charts as small SVG files that are readable on light and dark ground."""
import math

WIDTH, HEIGHT = 720, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 52
COLOURS = ["#3b82f6", "#e1622f", "#22a06b", "#a855f7", "#d4a017", "#e0559a"]
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #57606a; }
.title { font-size: 14px; font-weight: 600; }
.grid { stroke: #8c959f; stroke-opacity: .3; }
.axis { stroke: #8c959f; }
@media (prefers-color-scheme: dark) { text { fill: #b6bec7; } }
"""


def text_of(value):
    if value >= 1e6:
        return f"{value / 1e6:g} M"
    if value >= 1e4:
        return f"{value / 1e3:g} k"
    return f"{value:g}"


class Axis:
    """From values to places, even or by powers of ten."""

    def __init__(self, values, first, last, is_log=False, low=None, high=None):
        self.is_log = is_log
        self.low = min(values) if low is None else low
        self.high = max(values) if high is None else high
        if is_log:
            self.low = 10 ** math.floor(math.log10(self.low))
            self.high = 10 ** math.ceil(math.log10(self.high))
        self.first, self.last = first, last

    def place(self, value):
        if self.is_log:
            part = math.log10(max(value, self.low) / self.low) / math.log10(self.high / self.low)
        else:
            part = (value - self.low) / (self.high - self.low)
        return self.first + part * (self.last - self.first)

    def ticks(self):
        if self.is_log:
            return [10 ** e for e in range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)]
        rough = (self.high - self.low) / 6
        power = 10 ** math.floor(math.log10(rough))
        step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= rough)
        first = math.ceil(self.low / step - 1e-9)
        return [i * step for i in range(first, math.floor(self.high / step + 1e-9) + 1)]


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def frame(title, x_label, y_label, x_axis, y_axis, x_names=None):
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
           f'aria-label="{escape(title)}">', f"<style>{STYLE}</style>",
           f'<text class="title" x="{LEFT}" y="20">{escape(title)}</text>']
    for tick in y_axis.ticks():
        y = y_axis.place(tick)
        out.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{text_of(tick)}</text>')
    names = x_names or [(tick, text_of(tick)) for tick in x_axis.ticks()]
    for tick, name in names:
        out.append(f'<text x="{x_axis.place(tick):.1f}" y="{bottom + 18}" text-anchor="middle">{escape(name)}</text>')
    out.append(f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>')
    out.append(f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>')
    out.append(f'<text transform="translate(16 {(TOP + bottom) / 2}) rotate(-90)" text-anchor="middle">'
               f"{escape(y_label)}</text>")
    return out


def legend(names):
    out = []
    for i, name in enumerate(names):
        y = TOP + 10 + 20 * i
        out.append(f'<rect x="{WIDTH - RIGHT + 16}" y="{y - 9}" width="12" height="12" rx="2" '
                   f'fill="{COLOURS[i % len(COLOURS)]}"/>')
        out.append(f'<text x="{WIDTH - RIGHT + 34}" y="{y + 1}">{escape(name)}</text>')
    return out


def lines(title, x_label, y_label, series, x_log=False, y_log=False, **limits):
    """`series`: a list of (name, [(x, y), ...])."""
    xs = [x for _, points in series for x, _ in points]
    ys = [y for _, points in series for _, y in points]
    x_axis = Axis(xs, LEFT, WIDTH - RIGHT, x_log, limits.get("x_low"), limits.get("x_high"))
    y_axis = Axis(ys, HEIGHT - BOTTOM, TOP, y_log, limits.get("y_low"), limits.get("y_high"))
    out = frame(title, x_label, y_label, x_axis, y_axis)
    for i, (_, points) in enumerate(series):
        colour = COLOURS[i % len(COLOURS)]
        places = [(x_axis.place(x), y_axis.place(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    return "\n".join(out + legend([name for name, _ in series]) + ["</svg>\n"])


def bars(title, x_label, y_label, groups, series):
    """`series`: a list of (name, [y of each group]); by powers of ten."""
    x_axis = Axis([0, len(groups)], LEFT, WIDTH - RIGHT)
    y_axis = Axis([y for _, ys in series for y in ys], HEIGHT - BOTTOM, TOP, True)
    names = [(i + 0.5, name) for i, name in enumerate(groups)]
    out = frame(title, x_label, y_label, x_axis, y_axis, names)
    width = (x_axis.place(1) - x_axis.place(0)) * 0.8 / len(series)
    for i, (_, ys) in enumerate(series):
        for group, value in enumerate(ys):
            x = x_axis.place(group + 0.1) + i * width
            y = y_axis.place(value)
            out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width * 0.92:.1f}" '
                       f'height="{HEIGHT - BOTTOM - y:.1f}" fill="{COLOURS[i % len(COLOURS)]}"/>')
    return "\n".join(out + legend([name for name, _ in series]) + ["</svg>\n"])
