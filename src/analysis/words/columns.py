"""What the columns of a chart's data hold, in words; and units and codes in words, in English and Chinese."""

from __future__ import annotations

from analysis.words.catalogue import check_language

# columns whose numbers are years or other marks of time: never with a thousands separator
TIMES = frozenset(
    {
        "year",
        "event_first",
        "event_last",
        "page_first",
        "page_last",
        "start",
        "end",
        "when",
        "x",
        "session",
        "power",
    }
)

# column -> what it holds; a chart may say it closer in _CLOSER
_COLUMNS = {
    "actor": ("who acted", "行为主体"),
    "after": ("fees waived, sessions 126 to 128, yuan", "第126届至第128届减免额（元）"),
    "against": (
        "first year treated of those compared with; 0 if untreated",
        "比较对象的纳入年份，未纳入为0",
    ),
    "amount": ("amount, yuan", "金额（元）"),
    "at_p5": (
        "result with the input at its 5% point, yuan a year",
        "该项取5%分位时的结果（元/年）",
    ),
    "at_p95": (
        "result with the input at its 95% point, yuan a year",
        "该项取95%分位时的结果（元/年）",
    ),
    "bottom": ("lower edge of the block, yuan per county", "色块下沿（元/县）"),
    "break_even": (
        "rate at which pay equals the stated income, yuan per yen",
        "工资等于所述收入时的汇率（元/日元）",
    ),
    "case": ("pay shown", "所示工资"),
    "change_points": ("change to the last year, in parts of one", "至末年的变动（以1为整体）"),
    "check": ("machine check", "机器检验"),
    "checks": ("checks that fail", "未通过的检验"),
    "ci_high": ("95% interval, upper end", "95%区间上限"),
    "ci_low": ("95% interval, lower end", "95%区间下限"),
    "citation": ("study", "研究"),
    "claim_id": ("official figure", "官方数字"),
    "claims": ("number of statements", "表述个数"),
    "cny": ("amount, yuan", "金额（元）"),
    "cny_as_usd": (
        "turnover published in yuan, at the rate of session 122, US dollars",
        "公布的人民币成交额，按第122届汇率折成美元",
    ),
    "code": ("number of the colour drawn", "所绘颜色的编号"),
    "common_high": (
        "highest rate that all pairs allow, yuan per US dollar",
        "各对金额共同允许的最高汇率（元/美元）",
    ),
    "common_low": (
        "lowest rate that all pairs allow, yuan per US dollar",
        "各对金额共同允许的最低汇率（元/美元）",
    ),
    "compared_with": ("compared with", "比较对象"),
    "comparison": ("comparison of counties", "县域比较"),
    "computed": ("whether the dollars follow from a printed growth", "美元数是否由所印增速推得"),
    "conflicts": ("number of conflicts", "冲突处数"),
    "counties": ("number of counties", "县数"),
    "counties_with": ("counties with zones", "有合作区的县数"),
    "counties_without": ("other counties", "其余县数"),
    "covered": ("counties covered", "已覆盖的县数"),
    "date": ("date", "日期"),
    "days_meet": ("whether a day of the month fits", "当月是否有一日相符"),
    "deals_per_yuan_low": (
        "deals per yuan of fees waived, at least, yuan",
        "每减免1元的成交额，至少（元）",
    ),
    "declared": ("how the conflict is explained", "冲突如何解释"),
    "deflator": ("prices used", "所用价格"),
    "design": ("design of the study", "研究设计"),
    "direction": ("direction", "方向"),
    "effect": ("estimate as printed", "所印估计值"),
    "effect_sd": ("effect, in standard deviations between counties", "效应（县际标准差）"),
    "end": ("last year", "终止年份"),
    "estimate": ("estimate, as a share of income", "估计值（占收入比例）"),
    "estimate_id": ("identifier of the published estimate", "已发表估计的编号"),
    "estimator": ("estimator", "估计方法"),
    "event": ("years since joining", "加入后的年数"),
    "event_date": ("date of the event", "事件日期"),
    "event_first": ("first day of the event, as a year with decimals", "事件最早日（以小数年计）"),
    "event_last": ("last day of the event, as a year with decimals", "事件最晚日（以小数年计）"),
    "extra_income_per_yuan": (
        "extra net income per yuan waived, yuan",
        "每减免1元的新增净收入（元）",
    ),
    "extra_income_per_yuan_low": ("the same, at least, yuan", "同上，至少（元）"),
    "extra_income_share": (
        "assumed extra net income, as a share of deals",
        "假定的新增净收入占成交额比例",
    ),
    "fall": ("fall in the number of poor, people", "贫困人口降幅（人）"),
    "falls": ("whether the cumulative would fall", "累计数是否下降"),
    "findings": ("findings", "结果项数"),
    "finds": ("what the weaker design finds", "较弱设计的结果"),
    "first": ("first day or month", "起始日期"),
    "fitted": ("trend", "趋势值"),
    "gain_cny": ("assumed gain per person, yuan", "假定的人均增收（元）"),
    "grade": ("evidence grade", "证据等级"),
    "group": ("first year treated", "纳入年份"),
    "growth": ("growth stated for the next year, as a share", "所述次年增速（比例）"),
    "growth_by_levels": (
        "growth by the published levels, as a share",
        "按公布水平计算的增速（比例）",
    ),
    "headcount": ("rural poor, people", "农村贫困人口（人）"),
    "high": ("upper end", "上限"),
    "hukou_2010": (
        "registered agricultural population, 2010 census, people",
        "2010年普查农业户籍人口（人）",
    ),
    "implied": ("level implied", "推算值"),
    "implied_high": ("level implied, upper end, people", "推算值上限（人）"),
    "implied_low": ("level implied, lower end, people", "推算值下限（人）"),
    "incidence": ("poverty rate, as a share", "贫困发生率（比例）"),
    "income": ("income per person, yuan a year", "人均收入（元/年）"),
    "income_cny": ("income per person, yuan a year", "人均收入（元/年）"),
    "income_high": ("income per person, upper end, yuan a year", "人均收入上限（元/年）"),
    "income_low": ("income per person, lower end, yuan a year", "人均收入下限（元/年）"),
    "input": ("input that is moved", "变动的输入项"),
    "input_p5": ("5% point of the input, in its own unit", "该项的5%分位（自身单位）"),
    "input_p95": ("95% point of the input, in its own unit", "该项的95%分位（自身单位）"),
    "inside": ("whether the fall fits the statement", "降幅是否与表述相符"),
    "instrument": ("strongest act of the measure", "措施的最强手段"),
    "items": ("measures announced", "宣布项数"),
    "jobs": ("people in work, as stated", "所述就业人数"),
    "kind": ("kind", "类别"),
    "label_en": ("short name in English", "英文简称"),
    "label_zh": ("short name in Chinese", "中文简称"),
    "lag_years": ("years from the event to the page", "网页晚于事件的年数"),
    "last": ("last day or month", "截止日期"),
    "left": ("poverty counties left", "剩余贫困县数"),
    "length": ("assumed stay, years", "假定停留年数"),
    "line": ("poverty line, a day", "贫困线（每天）"),
    "line_cny": ("poverty line as published, yuan a year", "公布的贫困标准（元/年）"),
    "log_normal_cny": (
        "median if incomes are log-normal, yuan a year",
        "收入服从对数正态分布时的中位数（元/年）",
    ),
    "low": ("lower end", "下限"),
    "mean": ("mean", "均值"),
    "mean_2016": ("mean rate of 2016, yuan per US dollar", "2016年平均汇率（元/美元）"),
    "mean_inside": ("whether the month's mean fits", "当月均值是否相符"),
    "measures": ("number of measures", "措施项数"),
    "middle": (
        "result with all inputs at their middle, yuan a year",
        "各项均取中间值时的结果（元/年）",
    ),
    "modelled": (
        "workers abroad by the assumed stay, people",
        "按假定停留年数推算的在外人数（人）",
    ),
    "money": ("amount, yuan or US dollars", "金额（元或美元）"),
    "month": ("month", "月份"),
    "n": ("named measures of the document", "文件列明的措施项数"),
    "name": ("document or step", "文件或步骤"),
    "named": ("measures named", "列明项数"),
    "noise": ("noise of a county, times the assumed", "单县波动（为假设值的倍数）"),
    "open": ("whether the upper end is open", "上端是否无限"),
    "open_ended": ("which end is open", "哪一端无限"),
    "others_cny": (
        "income of the others if all earn alike, yuan a year",
        "其余的人收入相同时的收入（元/年）",
    ),
    "outcome": ("what is measured", "指标"),
    "over_last": ("level, as a share of the last level", "占最后水平的比例"),
    "overlap_share": (
        "assumed overlap, as a share of the smaller count",
        "假定的重叠比例（占较小人数）",
    ),
    "page_date": ("date on the page", "网页日期"),
    "page_first": (
        "first day of the page date, as a year with decimals",
        "网页日期最早日（以小数年计）",
    ),
    "page_last": (
        "last day of the page date, as a year with decimals",
        "网页日期最晚日（以小数年计）",
    ),
    "part": ("part of sales that would be extra income", "须成为新增收入的部分"),
    "pay_cny": ("pay, yuan a year", "工资（元/年）"),
    "pay_jpy": ("pay, yen a year", "工资（日元/年）"),
    "payer": ("who pays", "出资方"),
    "people": ("people", "人数"),
    "people_high": ("people, upper end", "人数上限"),
    "people_low": ("people, lower end", "人数下限"),
    "per_county": ("per county, yuan", "每县（元）"),
    "per_exhibitor_after": (
        "per exhibitor and session, sessions 126 to 128, yuan",
        "第126届至第128届每家次（元）",
    ),
    "per_exhibitor_to_125": (
        "per exhibitor and session, sessions 122 to 125, yuan",
        "第122届至第125届每家次（元）",
    ),
    "period": ("period", "时期"),
    "place": ("place", "地区"),
    "planned": ("planned", "计划数"),
    "planned_for": ("year planned for", "计划年份"),
    "planned_high": ("planned, upper end", "计划数上限"),
    "planned_low": ("planned, lower end", "计划数下限"),
    "poor_share": ("assumed share of the poor in sales", "假定贫困人口占销售额比例"),
    "power": ("power of ten", "10的幂次"),
    "ppp_per_day": ("line, international dollars of 2017 a day", "折合2017年国际元（每天）"),
    "precision": ("how exact the date is", "日期精度"),
    "published": ("published level", "公布值"),
    "question": ("question of the study", "研究问题"),
    "rate": ("mean rate of the year, yuan per yen", "全年平均汇率（元/日元）"),
    "rate_high": ("highest rate of the year, yuan per yen", "全年最高汇率（元/日元）"),
    "rate_low": ("lowest rate of the year, yuan per yen", "全年最低汇率（元/日元）"),
    "ratio": ("ratio", "比值"),
    "ratio_high": ("ratio, upper end", "比值上限"),
    "ratio_low": ("ratio, lower end", "比值下限"),
    "reason": ("reason", "理由"),
    "reasons": ("what contradicts", "矛盾之处"),
    "replications": ("simulated panels", "模拟面板数"),
    "reported": ("reported", "所述数"),
    "reported_high": ("reported, upper end", "所述数上限"),
    "reported_in": ("year of the report", "表述年份"),
    "reported_low": ("reported, lower end", "所述数下限"),
    "row": ("what is shown", "所示内容"),
    "rural_residents": ("rural residents, people", "农村常住人口（人）"),
    "se": ("standard error as printed", "所印标准误"),
    "se_allowed": ("largest error that the stars allow", "星号所允许的最大标准误"),
    "se_from_means": (
        "error that the printed errors of two means give",
        "按两个均值的误差推算的标准误",
    ),
    "se_of": ("what the error is of", "标准误所属的量"),
    "second_hand": ("quoted second-hand", "是否转引"),
    "segment": ("number of the part of the trend", "趋势分段编号"),
    "series_id": ("published statistic", "公布的统计数"),
    "session": ("session of the Canton Fair", "广交会届次"),
    "sessions_worth": (
        "fees of sessions 126 to 128, in sessions at the mean before",
        "第126届至第128届减免额相当于此前平均的届数",
    ),
    "share": ("share", "比例"),
    "shops": ("online shops", "网店数"),
    "smallest": (
        "smallest difference found, as a share of income",
        "可发现的最小差异（占收入比例）",
    ),
    "source": ("reported or simulated", "公布或模拟"),
    "source_id": ("document", "来源文件"),
    "specification": ("specification", "设定"),
    "stars": ("stars printed", "所印星号"),
    "start": ("first year", "起始年份"),
    "stated": ("how growth was stated", "增速的表述方式"),
    "stated_as": ("how the figure is stated", "数字的表述方式"),
    "stated_en": ("as stated, in English", "英文表述"),
    "stated_zh": ("as stated, in Chinese", "中文表述"),
    "status": ("outcome", "结果"),
    "strong": ("stronger design", "较强的设计"),
    "swing": ("what the input moves, yuan a year", "该项引起的变动（元/年）"),
    "tenfold": ("mended by one decimal place", "移动一位小数即相符"),
    "theme": ("theme", "主题"),
    "to_125": ("fees waived, sessions 122 to 125, yuan", "第122届至第125届减免额（元）"),
    "top": ("upper edge of the block, yuan per county", "色块上沿（元/县）"),
    "top_share": ("assumed share of top earners", "假定的高收入者比例"),
    "total": ("fees waived, sessions 122 to 128, yuan", "第122届至第128届减免额（元）"),
    "truth": ("planted truth, as a share of income", "预设真值（占收入比例）"),
    "unit": ("unit", "单位"),
    "updated_cny": (
        "2010 line in prices of the year, yuan a year",
        "2010年标准按当年价格（元/年）",
    ),
    "usd": ("turnover as published, US dollars", "公布的成交额（美元）"),
    "usd_here": ("turnover worked out here, US dollars", "本项目推算的成交额（美元）"),
    "value": ("value", "数值"),
    "value_2018": ("value taken for 2018", "2018年所取的值"),
    "value_id": ("result", "结果"),
    "verdict": ("verdict", "判断"),
    "weak": ("weaker design", "较弱的设计"),
    "weight": ("weight in the coefficient", "在系数中的权重"),
    "what": ("what is shown", "所示内容"),
    "when": ("time, as a year with decimals", "时间（以小数年计）"),
    "whose": ("claim or series", "来源数字或序列"),
    "x": ("time, as a year with decimals", "时间（以小数年计）"),
    "year": ("year", "年份"),
    "z": ("estimate over standard error", "估计值与标准误之比"),
}
_CLOSER = (
    {
        ("canton-fair-turnover", "cny"): ("turnover as published, yuan", "公布的成交额（元）"),
        ("canton-fair-turnover", "fitted"): ("trend line, US dollars", "趋势线（美元）"),
        ("causal-bacon-weights", "share"): (
            "estimate of the comparison, as a share of income",
            "该比较的估计值（占收入比例）",
        ),
        ("causal-bias", "mean"): (
            "mean of the estimates, as a share of income",
            "估计值的平均（占收入比例）",
        ),
        ("causal-bias", "low"): ("5% point of the estimates", "估计值的5%分位"),
        ("causal-bias", "high"): ("95% point of the estimates", "估计值的95%分位"),
        ("channels-border", "power"): (
            "chance of seeing the effect (power)",
            "识别效应的概率（检验功效）",
        ),
        ("context-relative-income", "low"): (
            "trend, lower end of the 95% prediction interval",
            "趋势的95%预测区间下限",
        ),
        ("context-relative-income", "high"): (
            "trend, upper end of the 95% prediction interval",
            "趋势的95%预测区间上限",
        ),
        ("ecommerce-revisions", "implied"): (
            "level implied by the growth of the next year, yuan or shops",
            "按次年增速推算的水平（元或家）",
        ),
        ("ecommerce-revisions", "published"): (
            "published level, yuan or shops",
            "公布的水平（元或家）",
        ),
        ("ecommerce-rollout", "value"): ("level, counties or yuan", "水平（县数或元）"),
        ("hunan-funding", "first"): (
            "first county of the block, counted from the left",
            "色块起始县（自左数）",
        ),
        ("hunan-funding", "last"): (
            "last county of the block, counted from the left",
            "色块终止县（自左数）",
        ),
        ("hunan-funding", "mean"): (
            "mean of all counties, yuan per county",
            "全部县的平均数（元/县）",
        ),
        ("labor-income-over-time", "low"): ("yearly income, lower end, yuan", "年收入下限（元）"),
        ("labor-income-over-time", "high"): ("yearly income, upper end, yuan", "年收入上限（元）"),
        ("measures-timeline", "start"): (
            "first day, as a year with decimals",
            "最早日（以小数年计）",
        ),
        ("measures-timeline", "end"): ("last day, as a year with decimals", "最晚日（以小数年计）"),
        ("measures-heat-map", "measures"): ("measures that have the theme", "涉及该主题的措施项数"),
    }
    | {
        (chart_id, name): words
        for chart_id in (
            "evidence-ecommerce-income",
            "evidence-work-abroad",
            "evidence-export-promotion",
        )
        for name, words in {
            "part": ("main result, check, or part of the sample", "主要结果、检验或子样本"),
            "place": ("row in the chart", "图中行号"),
            "year": ("year of publication", "发表年份"),
        }.items()
    }
    | {
        (chart_id, name): words
        for chart_id in ("canton-fair-session-rates", "hunan-exchange-rate-strip")
        for name, words in {
            "mean": ("mean of the month, yuan per US dollar", "当月均值（元/美元）"),
            "low": ("lowest day, yuan per US dollar", "最低日（元/美元）"),
            "high": ("highest day, yuan per US dollar", "最高日（元/美元）"),
        }.items()
    }
)
_UNITS = {
    "person": ("people", "人"),
    "calendar year": ("calendar year", "年份"),
    "claims": ("statements", "个表述"),
    "verdict code": ("number of the verdict", "判断编号"),
    "CNY per CNY": ("yuan per yuan", "元/元"),
    "share of sales": ("share of sales", "占销售额的比例"),
    "relative to rural online sales": (
        "relative to rural online sales",
        "相对于全国农村网络零售额",
    ),
    "implied over published": ("implied over published", "推算值与公布值之比"),
    "share of the last level": ("share of the last level", "占最后水平的比例"),
    "CNY/year": ("yuan a year", "元/年"),
    "CNY": ("yuan", "元"),
    "USD": ("US dollars", "美元"),
    "share": ("share (1 is the whole)", "比例（1为整体）"),
    "person; CNY/person/year": ("people; yuan per person and year", "人；元/人/年"),
    "shop": ("shops", "家网店"),
    "share of the document's named measures": (
        "share of the document's named measures",
        "占该文件列明措施的比例",
    ),
    "measures": ("measures", "项措施"),
    "conflicts": ("conflicts", "处冲突"),
    "outcome code": ("number of the outcome", "结果编号"),
    "ratio": ("weaker over stronger", "较弱与较强之比"),
    "findings": ("findings", "项结果"),
    "log points": ("log points", "对数点"),
    "share of income": ("share of income", "占收入的比例"),
    "county": ("counties", "个县"),
    "per unit spent": ("per unit of money spent", "每单位经费"),
    "JPY": ("yen", "日元"),
    "booth": ("booths", "个展位"),
    "exhibitor": ("exhibitors", "家参展商"),
    "village": ("villages", "个村"),
    "parcel": ("parcels", "件"),
    "month": ("months", "个月"),
    "zone": ("zones", "个合作区"),
    "session": ("fair sessions", "届"),
    "index": ("index", "指数"),
    "year": ("years", "年"),
    "station": ("stations", "个站点"),
    "attendance": ("attendances", "人次"),
}
_ONE = {
    "person": ("person", "人"),
    "household": ("household", "户"),
    "county": ("county", "县"),
    "village": ("village", "村"),
    "shop": ("shop", "店"),
    "station": ("station", "站点"),
    "center": ("center", "中心"),
    "exhibitor": ("exhibitor", "参展商"),
    "booth": ("booth", "展位"),
    "session": ("session", "届"),
    "training_session": ("training session", "场培训"),
    "month": ("month", "月"),
    "year": ("year", "年"),
    "USD": ("US dollar", "美元"),
    "JPY": ("yen", "日元"),
    "intl_USD": ("international dollar", "国际元"),
}
_PRICES = {
    "": ("no amount of money", "不涉及金额"),
    "nominal": ("nominal", "名义值"),
    "nominal and 2016 prices": ("nominal and 2016 prices", "名义值和2016年价格"),
}


def _said(words: tuple[str, str], lang: str) -> str:
    return words[check_language(lang) == "zh"]


def column_words(chart_id: str, column: str, lang: str) -> str:
    """What a column of a chart's data holds; the column's own name where nobody said."""
    return _said(_CLOSER.get((chart_id, column)) or _COLUMNS.get(column) or (column, column), lang)


def unit_words(unit: str, lang: str) -> str:
    """A unit as a label; as it is where nobody said.

    Examples
    --------
    >>> unit_words("person", "en"), unit_words("CNY/person/year", "en"), unit_words("CNY / session", "zh")
    ('people', 'yuan per person and year', '元/届')
    """
    code = unit.replace(" / ", "/")
    top, *per = code.split("/")
    if code in _UNITS or top not in _UNITS or any(one not in _ONE for one in per):
        return _said(_UNITS.get(code, (unit, unit)), lang)
    if lang == "zh":
        return "/".join(_said(_ONE.get(one) or _UNITS[one], lang) for one in (top, *per))
    return f"{_said(_UNITS[top], lang)} per {' and '.join(_said(_ONE[one], lang) for one in per)}"


def price_words(price_basis: str, lang: str) -> str:
    """A chart's price basis in words."""
    return _said(_PRICES.get(price_basis, (price_basis, price_basis)), lang)
