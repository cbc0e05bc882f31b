"""What each notebook is called where a reader chooses one: on the pages and on the dashboard."""

from __future__ import annotations

TITLES = {
    "00_start_here": {"en": "Start here", "zh": "从这里开始"},
    "01_claims_register": {"en": "The register of claims", "zh": "官方数字登记"},
    "02_context_and_benchmarks": {"en": "Context and benchmarks", "zh": "背景与基准"},
    "03_ecommerce_reach": {"en": "E-commerce reach", "zh": "电子商务的覆盖"},
    "04_labor_export_incomes": {"en": "Labor-export incomes", "zh": "外派劳务收入"},
    "05_canton_fair_deals": {"en": "Canton Fair deals", "zh": "广交会成交"},
    "06_other_channels": {
        "en": "Other channels, and all of them side by side",
        "zh": "其他渠道与各渠道对照",
    },
    "07_hunan_and_local_cases": {"en": "Hunan and local cases", "zh": "湖南与地方案例"},
    "08_policy_measures": {"en": "Policy measures and timeline", "zh": "政策措施与时间线"},
    "09_claims_audit": {"en": "Claims audit", "zh": "数字核查"},
    "10_published_evidence": {"en": "Published evidence", "zh": "已发表的研究"},
    "11_what_a_causal_design_needs": {"en": "What a causal design needs", "zh": "因果设计需要什么"},
}


def notebook_title(name: str, lang: str) -> str:
    """The title of a notebook in one language; one that has none here is called by its file.

    Examples
    --------
    >>> notebook_title("05_canton_fair_deals", "en"), notebook_title("12_border_trade", "en")
    ('Canton Fair deals', '12 border trade')
    """
    return TITLES[name][lang] if name in TITLES else name.replace("_", " ")
