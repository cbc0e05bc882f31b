"""Where a result comes from: the way back to paragraphs, how to cite it, which series there are, what a writer may say."""
