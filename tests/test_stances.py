"""How a source stands to what it says, by the words alone; every sentence is invented."""

from __future__ import annotations

import pytest

from secondsource.extractor import Extractor

SAID = {
    # does not know, and so denies nothing
    "“We can’t say today whether it was an anchor,” Dorn said.": "unaware",
    "The hospital said that it could not say how many were hurt.": "unaware",
    "The mayor told Meldwire there was no way of proving it.": "unaware",
    "The centre says no piracy has been reported off the cape since May.": "unaware",
    "“We do not know what is in the boxes,” the sailor said.": "unaware",
    "The minister said he had been shown no such letter.": "unaware",
    "The ministry said it did not possess such information.": "unaware",
    "“No such order has ever come to my notice,” Colonel Brenn said.": "unaware",
    "The agency said it had not been told about the shipment.": "unaware",
    "The mayor said she had been told that the ship was empty.": "asserts",
    "The director said the firm had been given no licence for the sale.": "asserts",
    # says that it is not so
    "Dorn told the court that she had not signed the letter before May.": "denies",
    "A fan saw tanks in the stadium. “There are no tanks in the stadium,” the mayor said.": "denies",
    "“This is not our aircraft,” the ministry said.": "denies",
    "The boy’s name was no factor in it. The council said that the boy’s name was not a factor.": "denies",
    # says what has not happened, which nobody had said
    "“There are no survivors,” the captain said.": "asserts",
    "The men say they have had no pay since May.": "asserts",
    # says what it will do
    "“We will not be lectured,” the minister said.": "plans",
    "Orlesk said that it would cancel the contract.": "plans",
    "The company said it planned to restart the plant on Friday.": "plans",
    "“I am not going to resign,” the mayor said.": "plans",
    # asks others
    "“Do not wash it,” the doctor said.": "asks",
    "“We would like to be told on the first day,” the farmer said.": "asks",
    "The union said the bridge must be closed.": "asks",
    # judges
    "“An embargo is a tax, not a wall,” Dorn said.": "assesses",
    "“You don’t sail there to paint the funnel,” the analyst said.": "assesses",
    "The mayor said that the answer was very late.": "assesses",
    "Sabotage is the likeliest cause, according to Dorn.": "assesses",
    "The ministry said that it could not rule out sabotage.": "assesses",
    # states
    "“We are sailors,” the man said.": "asserts",
    "“The gangway is open,” the captain said.": "asserts",
    "The police said that the clerk left on Monday.": "asserts",
    "The auditors found that two invoices were missing.": "asserts",
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("sentence", SAID)
def test_stance_goes_by_the_words(extractor: Extractor, sentence: str) -> None:
    claims = [c for c in extractor.extract("0" * 64, sentence).claims if c.voice == "attributed"]
    assert claims
    assert claims[-1].stance == SAID[sentence], claims
