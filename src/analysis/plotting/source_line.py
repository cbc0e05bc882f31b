"""The source line of a chart, made from the claims and series that it uses."""

from __future__ import annotations

from analysis.plotting.registry import EVIDENCE, SIMULATION, ChartDefinition
from analysis.records.load import Records

LICENCE = "CC\u00a0BY\u00a04.0"
PROCESSING = {
    "en": {True: "As published", False: "Our calculation"},
    "zh": {True: "按原文数字", False: "本项目计算"},
}
NBS = {"en": "National Bureau of Statistics, as reported", "zh": "国家统计局（转引）"}
WORLD_BANK = {"en": "World Bank", "zh": "世界银行"}
CENSUS = {"en": "population census of 2010", "zh": "2010年人口普查"}
FAIR = {"en": "Canton Fair, as reported", "zh": "广交会（转引）"}
MOFCOM = {"en": "Ministry of Commerce statistics", "zh": "商务部统计"}
COMMERCE = {"en": "Ministry of Commerce, as reported", "zh": "商务部（转引）"}
NET = {"en": "China Internet Information Center, November 2017", "zh": "中国网，2017年11月"}
PRESS = {"en": "press reports", "zh": "新闻报道"}
ECB = {"en": "European Central Bank reference rates", "zh": "欧洲中央银行参考汇率"}
MINISTER = {"en": "Ministry of Commerce, as reported", "zh": "商务部（转引）"}
JAPAN = {"en": "Japanese ministry of labour, as reported", "zh": "日本厚生劳动省（转引）"}
IMMIGRATION = {
    "en": "Immigration Services Agency of Japan, as reported",
    "zh": "日本出入国在留管理厅（转引）",
}
CUSTOMS = {"en": "General Administration of Customs", "zh": "海关总署"}
FARMING = {
    "en": "Ministry of Agriculture and Rural Affairs, as reported",
    "zh": "农业农村部（转引）",
}
RELIEF = {"en": "State Council poverty office, as reported", "zh": "国务院扶贫办（转引）"}
JOURNALS = {"en": "journal articles", "zh": "期刊文章"}
BASES = {
    EVIDENCE: {
        "en": "published studies, cited in the chart's data",
        "zh": "已发表的研究，出处见本图数据",
    },
    SIMULATION: {"en": "simulated data", "zh": "模拟数据"},
}
SERIES_NAMES = {
    "usd-cny": {"en": "European Central Bank reference rates", "zh": "欧洲中央银行参考汇率"},
    "canton-fair-session": {"en": "press reports on session dates", "zh": "有关各届日期的新闻报道"},
    "canton-fair-session-free-for-all": {
        "en": "press reports on fee waivers for all exhibitors",
        "zh": "有关全体参展商免费的新闻报道",
    },
    "cn-agrihukou-2010": CENSUS,
} | {
    name: publisher
    for publisher, names in (
        (
            NBS,
            "cn-rpov-n-2010std cn-rpov-rate-2010std cn-povline-cur cn-povarea-inc cn-rural-inc cn-cpi-rural-nbs cn-migrant-wage cn-migrant-wage-overseas cn-migrant-months cn-wage-nonprivate cn-migrant-n",
        ),
        (
            WORLD_BANK,
            "cn-pop-rural-wdi cn-pop-wdi cn-cpi-wdi wb-pip-cpi wb-pip-ppp2017 wb-pip-hc-215 wb-pip-hc-365 wb-pip-hc-685 wdi-si-pov-dday wdi-si-pov-lmic wdi-si-pov-umic",
        ),
        (
            FAIR,
            "canton-export-turnover-usd canton-export-turnover-cny canton-poverty-deals-cum canton-poverty-exhibitors-cum canton-poverty-booths-cum canton-poverty-fee-exempted-cum canton-exhibitors canton-booths",
        ),
        (MOFCOM, "labour-dispatched-total labour-stock-abroad"),
        (MINISTER, "mofcom-labour-income-stated mofcom-labour-plan-people"),
        (ECB, "jpy-cny-mean jpy-cny-low jpy-cny-high"),
        (JAPAN, "japan-trainee-wage"),
        (CUSTOMS, "border-trade-exports border-trade-imports"),
        (FARMING, "mara-contracted mara-actual-sales"),
        (RELIEF, "poverty-relief-product-sales"),
        (NBS, "cn-agri-related-value-added"),
        (
            COMMERCE,
            "mofcom-ecommerce-target-people mofcom-housekeeping-plan-people mofcom-housekeeping-income-stated housekeeping-income-ethnic-areas",
        ),
        (JOURNALS, "cn-border-pop border-counties border-zones"),
        (IMMIGRATION, "japan-trainee-fees-china"),
        (
            PRESS,
            "pc-shops pc-agri-online-retail housekeeping-employment poor-labour-migrants longnan-income-gain longnan-shops pc-online-retail",
        ),
        (NET, "hunan-demo-counties-poor"),
        (
            COMMERCE,
            "demo-funds demo-funds-per-county rural-online-retail agri-online-retail rural-shops rural-ecom-jobs-claim pc-ecom-labour-claim demo-counties-batch demo-pc-cum",
        ),
    )
    for name in names.split()
}


def source_line(records: Records, chart: ChartDefinition, lang: str, *, published: bool) -> str:
    """Documents with paragraphs, series, processing, licence and the chart's identifier.

    Parameters
    ----------
    published : bool
        Whether the values are shown as published or calculated here.
    """
    used = (
        records.claims
        if chart.whole_register
        else records.claims[records.claims["claim_id"].isin(chart.claims)]
    )
    parts: list[str] = []
    for source_id, rows in used.groupby("source_id", sort=False):
        name = getattr(records.source(str(source_id)), f"short_{lang}")
        numbers = sorted(set(rows["paragraph"]))
        parts.append(name + (_paragraphs(numbers, lang) if chart.claims else ""))
    parts += dict.fromkeys(SERIES_NAMES[name][lang] for name in chart.series)  # each publisher once
    done = PROCESSING[lang][published]
    parts += [BASES[chart.basis][lang]] if chart.basis else []
    if lang == "en":
        return f"Source: {'; '.join(parts)}. {done}. {LICENCE}. {chart.chart_id}"
    return f"资料来源：{'；'.join(parts)}。{done}。{LICENCE}。{chart.chart_id}"


def _paragraphs(numbers: list[int], lang: str) -> str:
    if lang == "zh":
        return f"（第{'、'.join(map(str, numbers))}段）"
    return f" (paragraph{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))})"
