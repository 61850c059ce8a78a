"""A number or a date that stands in both is not always the same in both."""

import pytest

from qa.figures import misstates


@pytest.mark.parametrize(
    ("quoted", "claim"),
    [
        ("Detainees are held in four facilities.", "Detainees are held in four states."),
        ("12% of men and 30% of women smoke in Velm.", "30% of men smoke in Velm."),
        ("The tower is 42 metres high and 12 metres wide.", "The tower is 12 metres high."),
        ("The bridge cost €5 million.", "The bridge cost $5 million."),
        ("It opened on 3 May 1931 and closed on 7 June 1950.", "It opened on 7 May 1950."),
        ("Fewer than 200 agents were sent.", "More than 200 agents were sent."),
        ("It was built before 1846.", "It was built after 1846."),
        ("It holds up to 1,200 litres.", "It holds at least 1,200 litres."),
        ("It costs no more than $5.", "It costs more than $5."),
        ("It was built before May 3, 2021.", "It was built after May 3, 2021."),
    ],
)
def test_what_is_said_with_another_number_or_date_is_misstated(quoted: str, claim: str) -> None:
    assert misstates(claim, quoted, around="")


@pytest.mark.parametrize(
    ("quoted", "claim"),
    [
        ("Detainees are held in four facilities.", "They are held in four facilities."),
        ("12% of men and 30% of women smoke in Velm.", "30% of women smoke in Velm."),
        ("The tower is 42 metres high and 12 metres wide.", "The tower is 42 metres high."),
        ("It opened on 3 May 1931 and closed on 7 June 1950.", "It closed in June 1950."),
        ("It opened on 3 May 1931.", "It opened on May 3."),
        ("It opened on 3 May.", "It opened on 3 May 1931."),
        ("Fewer than 200 agents were sent.", "Under 200 agents were sent."),
        ("It costs no less than 5 euros.", "It costs at least 5 euros."),
        ("About 200 agents were sent.", "More than 200 agents were sent."),
        ("12 people died and 30 were injured.", "30 people were injured."),
        ("Of the 12 students, 9 passed the exam.", "9 students passed the exam."),
        ("It had 40,000 visitors in 2019 and 12,000 in 2020.", "It had 12,000 visitors in 2020."),
        ("It costs 5 euros for children and 12 for adults.", "Adults pay 12 euros."),
        ("It ran from January to March 2020.", "It began in January 2020."),
        ("The fair is on May 3-5, 2021.", "The fair ends on May 5, 2021."),
        ("The ticket is valid for up to 90 days.", "The ticket expires after 90 days."),
    ],
)
def test_what_is_said_with_the_same_one_is_not(quoted: str, claim: str) -> None:
    assert not misstates(claim, quoted, around="1931. Chronicle of 1931.")
