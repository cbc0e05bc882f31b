"""Sentences as reports and news of policy write them, their figures noted before the reader saw them."""

from __future__ import annotations

import pytest

from analysis.reading import read

Ends = tuple[float | None, float | None, str, str]
SENTENCES: list[tuple[str, list[Ends]]] = [
    (
        "The fund disbursed US$ 3-5 bn a year to 14 countries.",
        [(3e09, 5e09, "range", "USD"), (14, 14, "exact", "countries")],
    ),
    (
        "One in five households lives on less than $2.15 a day.",
        [(20, 20, "exact", "percent"), (None, 2.15, "fewer_than", "USD")],
    ),
    (
        "About a third of rural workers earn less than the minimum wage.",
        [(100 / 3, 100 / 3, "about", "percent")],
    ),
    ("Exports rose twofold between 2010 and 2015.", [(2, 2, "exact", "times")]),
    (
        "Enrolment grew by 12 per cent to 3,400 pupils.",
        [(12, 12, "exact", "percent"), (3400, 3400, "exact", "persons")],
    ),
    ("Poverty fell by 3.5 percentage points.", [(3.5, 3.5, "exact", "percentage points")]),
    ("Between 2 and 3 million people were affected.", [(2e06, 3e06, "range", "persons")]),
    ("Some 200-odd firms took part.", [(200, None, "more_than", "firms")]),
    ("The grant is Rs. 1,200/- per month.", [(1200, 1200, "exact", "INR")]),
    ("Maternal mortality is 70 per 100,000 live births.", [(70, 70, "exact", "per 100,000")]),
    (
        "Infant mortality fell to 28 per 1,000 live births in 2020.",
        [(28, 28, "exact", "per mille")],
    ),
    ("A total of 3,4001 villages", [(3400, 3400, "exact", "villages")]),
    ("Output reached 12\u2009500 tonnes.", [(12500, 12500, "exact", "tonnes")]),
    ("Output reached 12\u202f500 tonnes in 2019.", [(12500, 12500, "exact", "tonnes")]),
    ("The share was 3,5 % of GDP.", [(3.5, 3.5, "exact", "percent")]),
    (
        "The 2nd phase, launched on 5 May 2018, covers 36 districts.",
        [(36, 36, "exact", "districts")],
    ),
    (
        "FDI inflows of $1.3 trillion were down 12% from the year before.",
        [(1.3e12, 1.3e12, "exact", "USD"), (12, 12, "exact", "percent")],
    ),
    ("Nigeria allocated N500 billion to the scheme.", [(5e11, 5e11, "exact", "NGN")]),
    ("A stipend of R20 million was set aside.", [(2e07, 2e07, "exact", "ZAR")]),
    ("Each woman received KSh 3,000.", [(3000, 3000, "exact", "KES")]),
    (
        "Loans of Rs 5.20 lakh crore were given to 10.05 crore women.",
        [(5.2e12, 5.2e12, "exact", "INR"), (1.005e08, 1.005e08, "exact", "persons")],
    ),
    (
        "Canada pledged C$250 million and Australia A$1.5 billion.",
        [(2.5e08, 2.5e08, "exact", "CAD"), (1.5e09, 1.5e09, "exact", "AUD")],
    ),
    (
        "Brazil spent R$30 billion; Hong Kong HK$10 million; Singapore S$4m.",
        [(3e10, 3e10, "exact", "BRL"), (1e07, 1e07, "exact", "HKD"), (4e06, 4e06, "exact", "SGD")],
    ),
    (
        "The EU gave €2.5bn and the UK £350 million.",
        [(2.5e09, 2.5e09, "exact", "EUR"), (3.5e08, 3.5e08, "exact", "GBP")],
    ),
    ("See Table 3, Chapter 5, Report 12 and notebook 12.", []),
    ("No. 1 document of 2018 and Document No. 23 apply.", []),
    (
        "Two thirds of the 45 least developed countries are in Africa.",
        [(200 / 3, 200 / 3, "exact", "percent"), (45, 45, "exact", "countries")],
    ),
    (
        "Nearly three quarters of the poor, or 767 million people, live in villages.",
        [(None, 75, "nearly", "percent"), (7.67e08, 7.67e08, "exact", "persons")],
    ),
    (
        "The 10 per cent richest own half of all land.",
        [(10, 10, "exact", "percent"), (50, 50, "exact", "percent")],
    ),
    ("Prices are 1.5 times those of 2015.", [(1.5, 1.5, "exact", "times")]),
    (
        "Growth slowed to 6.0%, from 6.7% in 2016.",
        [(6, 6, "exact", "percent"), (6.7, 6.7, "exact", "percent")],
    ),
    ("It will create 5,000 to 6,000 new jobs by 2025.", [(5000, 6000, "range", "jobs")]),
    (
        "The rate was cut by 25 basis points to 3.85 per cent.",
        [(25, 25, "exact", "basis points"), (3.85, 3.85, "exact", "percent")],
    ),
    (
        "The railway is 1,344 km long and cost $3.8 billion.",
        [(1344, 1344, "exact", "kilometers"), (3.8e09, 3.8e09, "exact", "USD")],
    ),
    ("Up to 80% of women aged 15-49 were reached.", [(None, 80, "at_most", "percent")]),
    (
        "More than nine out of ten farms are smaller than 2 hectares.",
        [(90, None, "more_than", "percent"), (None, 2, "fewer_than", "hectares")],
    ),
    (
        "Trade doubled to 1.1 trillion yuan ($170 billion).",
        [
            (2, 2, "exact", "times"),
            (1.1e12, 1.1e12, "exact", "CNY"),
            (1.7e11, 1.7e11, "exact", "USD"),
        ],
    ),
    (
        "As many as 12-15 lakh houses were completed against a target of 2.95 crore.",
        [(1.2e06, 1.5e06, "range", "houses"), (2.95e07, 2.95e07, "exact", "")],
    ),
    (
        "Incomes increased from 1,200 yuan to 3,400 yuan per head.",
        [(1200, 1200, "exact", "CNY"), (3400, 3400, "exact", "CNY")],
    ),
    ("Ms Li, 34, earns 4,000 yuan a month from her shop.", [(4000, 4000, "exact", "CNY")]),
    (
        "Province     Poor (million)   Rate\nGansu   8.42   40.5%\nGuizhou   11.49   33.4%\n",
        [
            (8.42, 8.42, "exact", ""),
            (40.5, 40.5, "exact", "percent"),
            (11.49, 11.49, "exact", ""),
            (33.4, 33.4, "exact", "percent"),
        ],
    ),
    (
        "There were 250     farmers and 12\n   cooperatives in the scheme.",
        [(250, 250, "exact", "persons"), (12, 12, "exact", "cooperatives")],
    ),
    (
        "The port handled 2.3 million visits and 41,000 person-times of training.",
        [(2.3e06, 2.3e06, "exact", "visits"), (41000, 41000, "exact", "person-times")],
    ),
    ("Loan sizes average between Rs 20,000 and Rs 50,000.", [(20000, 50000, "range", "INR")]),
    (
        "It has trained 1 million-plus youth under PMKVY 4.0.",
        [(1e06, None, "more_than", "persons")],
    ),
    (
        "A one-off payment of 500 euros was made to 1.1 m households.",
        [(500, 500, "exact", "EUR"), (1.1e06, 1.1e06, "exact", "households")],
    ),
    (
        "It cost R 20 million, or some ZAR 35m with tax.",
        [(2e07, 2e07, "exact", "ZAR"), (3.5e07, 3.5e07, "about", "ZAR")],
    ),
    (
        "The Sh300 million road and the Ksh2.4 billion dam.",
        [(3e08, 3e08, "exact", "KES"), (2.4e09, 2.4e09, "exact", "KES")],
    ),
    (
        "全年接待游客3200万人次，培训5.6万人次。",
        [(3.2e07, 3.2e07, "exact", "person-times"), (56000, 56000, "exact", "person-times")],
    ),
    ("参见第5号文件、表3和附件2，报告第12页。", []),
    (
        "贫困发生率下降3.5个百分点，降至0.6%。",
        [(3.5, 3.5, "exact", "percentage points"), (0.6, 0.6, "exact", "percent")],
    ),
    (
        "Section 3.2 shows in Figure 4 that 31 of 50 villages sold online.",
        [(31, 31, "exact", "villages"), (50, 50, "exact", "villages")],
    ),
    (
        "The index fell 2.5 points to 48.9.",
        [(2.5, 2.5, "exact", "points"), (48.9, 48.9, "exact", "")],
    ),
    (
        "Half of the country's 600 million workers are informal.",
        [(50, 50, "exact", "percent"), (6e08, 6e08, "exact", "persons")],
    ),
    (
        "By 31 December 2020, 98.99 million people had been lifted out of poverty.3",
        [(9.899e07, 9.899e07, "exact", "persons")],
    ),
    ("Women make up 43 percent1 of farm workers.", [(43, 43, "exact", "percent")]),
    ("Notebooks 3 and 4 and Reports 5-7 say so; see Figures 2 and 3.", []),
    ("Column 4 of Table 12 lists 23 provinces.", [(23, 23, "exact", "provinces")]),
    ("The R30 million grant; take the R40 or the N7 to Gauteng.", [(3e07, 3e07, "exact", "ZAR")]),
    (
        "N2,000 per bag; N1.5bn in all; N 30,000 wage.",
        [
            (2000, 2000, "exact", "NGN"),
            (1.5e09, 1.5e09, "exact", "NGN"),
            (30000, 30000, "exact", "NGN"),
        ],
    ),
    (
        "It paid NZ$5 million, RM3,000, GH¢200 and USh 50,000.",
        [
            (5e06, 5e06, "exact", "NZD"),
            (3000, 3000, "exact", "MYR"),
            (200, 200, "exact", "GHS"),
            (50000, 50000, "exact", "UGX"),
        ],
    ),
    ("Deaths fell to 4.5 per 10,000 people.", [(4.5, 4.5, "exact", "per 10,000")]),
    ("There were 239 deaths per 100,000 births.", [(239, 239, "exact", "persons")]),
    (
        "Only 7 of the 10 centres opened.",
        [(7, 7, "exact", "centres"), (10, 10, "exact", "centres")],
    ),
    (
        "Rates rose 3 percent to 7.5 percent.",
        [(3, 3, "exact", "percent"), (7.5, 7.5, "exact", "percent")],
    ),
    ("Sales grew 2 to 3 percent.", [(2, 3, "range", "percent")]),
    ("Rates will rise by 2-3 percentage points.", [(2, 3, "range", "percentage points")]),
    (
        "Exports rose 4 million to 9 million tonnes.",
        [(4e06, 4e06, "exact", ""), (9e06, 9e06, "exact", "tonnes")],
    ),
    ("The ministry helped 60,000 to 80,000 farmers.", [(60000, 80000, "range", "persons")]),
    (
        "A loan of US$   3    million for 45\n    counties",
        [(3e06, 3e06, "exact", "USD"), (45, 45, "exact", "counties")],
    ),
    (
        "培训     3000    人次，建设 12   个 中心",
        [(3000, 3000, "exact", "person-times"), (12, 12, "exact", "centers")],
    ),
    ("报告第12页；第5号令；1号文件；表3；第3章；图 2", []),
    ("Poverty ended.4 The state spent 1.6 trillion yuan.", [(1.6e12, 1.6e12, "exact", "CNY")]),
    (
        "It reached 12,5002 homes and 3,2141 schools.",
        [(12500, 12500, "exact", "homes"), (3214, 3214, "exact", "schools")],
    ),
    ("Wang Fang, 42, sold 300 kg.", [(300, 300, "exact", "kilograms")]),
    ("In Hunan, 34 counties took part.", [(34, 34, "exact", "counties")]),
    (
        "Grew by 6.0 percent in China 2.0 times.",
        [(6, 6, "exact", "percent"), (2, 2, "exact", "times")],
    ),
    ("Report 12 million sales", [(1.2e07, 1.2e07, "exact", "sales")]),
    (
        "Out of 1,000 households, 320 had no land.",
        [(1000, 1000, "exact", "households"), (320, 320, "exact", "")],
    ),
    ("About 3,5 million tonnes", [(3.5e06, 3.5e06, "about", "tonnes")]),
    (
        "Groups of 5,10 and 20 people",
        [(5, 5, "exact", "persons"), (10, 10, "exact", "persons"), (20, 20, "exact", "persons")],
    ),
    (
        "It fell from 770 million to 122 million persons.",
        [(7.7e08, 7.7e08, "exact", "persons"), (1.22e08, 1.22e08, "exact", "persons")],
    ),
    (
        "It took between 6 and 8 weeks and covered one in three women.",
        [(6, 8, "range", "weeks"), (100 / 3, 100 / 3, "exact", "percent")],
    ),
]


@pytest.mark.parametrize(("text", "figures"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_figures_of_a_sentence(text: str, figures: list[Ends]) -> None:
    found = [(one.low, one.high, one.bound, one.unit) for one in read(text)]
    assert [one[2:] for one in found] == [one[2:] for one in figures]
    for one, known in zip(found, figures, strict=True):
        assert one[:2] == pytest.approx(known[:2])
