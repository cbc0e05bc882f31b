"""How a chart is drawn: spec, style, layout, placement, marks, pictures; no theme in it."""
