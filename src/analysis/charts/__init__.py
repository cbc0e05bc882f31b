"""How it is shown: spec, registry, style, layout, marks, one module per topic, export."""
