"""Claims in other words than a document's, and what the model makes of them.

`python -m tests.qa.paraphrases` asks the chosen model and says how many it takes.
"""

from contextlib import closing
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from qa import settings
from qa.cite import Alignment, align
from qa.decide import decide
from qa.draft import Draft
from qa.language_model import LanguageModel
from qa.model_files import locate
from qa.worker import WorkerModel
from tests.qa.conftest import evidence_of, sentence

THRESHOLDS = (0.5, 0.6, 0.7)


class Pair(NamedTuple):
    """What a document says, and two claims that share too few words with it."""

    question: str
    says: str
    in_other_words: str
    something_else: str


PAIRS = (
    Pair(
        "Who set up the observatory on Mount Karel?",
        "The Karel observatory was founded by the astronomer Ilse Brandt.",
        "Ilse Brandt established the observatory on Mount Karel.",
        "Ilse Brandt shut down the observatory on Mount Karel.",
    ),
    Pair(
        "What happened to the mill at Dorne?",
        "The mill at Dorne burned to the ground in the spring.",
        "The mill at Dorne was destroyed by fire.",
        "The mill at Dorne was rebuilt after a flood.",
    ),
    Pair(
        "What did the council do with the old library?",
        "The council sold the old library to a brewery.",
        "The council disposed of the old library to a beer maker.",
        "The council purchased the old library from a beer maker.",
    ),
    Pair(
        "How did the price of copper change last year?",
        "Copper prices fell sharply last year.",
        "The price of copper dropped steeply last year.",
        "The price of copper climbed steeply last year.",
    ),
    Pair(
        "Why was the concert in Halden put off?",
        "The Halden concert was postponed because the singer had a cold.",
        "The concert in Halden was put off because the vocalist was ill.",
        "The concert in Halden was put off because the hall was being repaired.",
    ),
    Pair(
        "What does Dr. Wen think of the new drug?",
        "Dr. Wen called the new drug a disappointment.",
        "Dr. Wen was let down by the new drug.",
        "Dr. Wen was delighted with the new drug.",
    ),
    Pair(
        "What work did Tomas Rehn do before the war?",
        "Before the war Tomas Rehn mended shoes in Varna.",
        "Tomas Rehn was a cobbler before the war.",
        "Tomas Rehn was a schoolteacher before the war.",
    ),
    Pair(
        "How do the beetles survive the winter?",
        "The beetles spend the winter asleep under bark.",
        "The beetles survive the winter by hibernating beneath the rind of trees.",
        "The beetles survive the winter by migrating to warmer valleys.",
    ),
    Pair(
        "What is the bridge at Ossen made of?",
        "The Ossen bridge consists of oak beams.",
        "The bridge at Ossen is built from timber.",
        "The bridge at Ossen is built from steel.",
    ),
    Pair(
        "Why did Maria Holt leave the company?",
        "Maria Holt resigned after a quarrel with the owner.",
        "Maria Holt left the company following a dispute with its proprietor.",
        "Maria Holt left the company for a promotion at a bigger firm.",
    ),
    Pair(
        "What do the villagers live on?",
        "The villagers live mainly on what they catch at sea.",
        "The villagers live on fishing.",
        "The villagers live on mining.",
    ),
    Pair(
        "Who paid for the new roof of the chapel?",
        "Parishioners' donations covered the cost of the chapel's new roof.",
        "The new roof of the chapel was paid for by gifts from churchgoers.",
        "The new roof of the chapel was paid for by a government grant.",
    ),
    Pair(
        "What was the outcome of the vote on the harbour tunnel?",
        "Voters turned down the harbour tunnel.",
        "The harbour tunnel was rejected by the electorate in the vote.",
        "The harbour tunnel was approved by the electorate in the vote.",
    ),
    Pair(
        "How did people react to the tax on bicycles?",
        "The tax on bicycles drew angry protests.",
        "People were outraged by the tax on bicycles.",
        "People applauded the tax on bicycles.",
    ),
    Pair(
        "What made the river turn red?",
        "Iron washed out of an old mine coloured the river red.",
        "The river turned red because of rust from abandoned workings.",
        "The river turned red because of an algae bloom.",
    ),
    Pair(
        "What is Selma Odd known for?",
        "Selma Odd is best known for her paintings of birds.",
        "Selma Odd is known as an artist who depicted wildlife.",
        "Selma Odd is known as a composer of operas.",
    ),
    Pair(
        "What did the inspectors find in the bakery?",
        "Inspectors discovered mice in the bakery's cellar.",
        "The inspectors came upon rodents below ground in the bakery.",
        "The inspectors came upon forged receipts in the bakery.",
    ),
    Pair(
        "What will happen to the factory in Lund?",
        "The factory in Lund is to be closed in autumn.",
        "The factory in Lund will cease operating.",
        "The factory in Lund will be enlarged.",
    ),
    Pair(
        "How did Arvid Moe get to the island?",
        "Arvid Moe rowed to the island.",
        "Arvid Moe travelled to the island by boat.",
        "Arvid Moe travelled to the island by aeroplane.",
    ),
    Pair(
        "What illness did the king suffer from?",
        "The king was afflicted with gout all his life.",
        "The king suffered from a lasting disease of the joints.",
        "The king suffered from a lasting disease of the lungs.",
    ),
    Pair(
        "What does the museum show?",
        "The museum exhibits clocks and watches.",
        "The museum shows timepieces.",
        "The museum shows locomotives.",
    ),
    Pair(
        "Why is the road to Tarn closed in winter?",
        "Snow makes the road to Tarn impassable in winter.",
        "The road to Tarn is closed in winter because nobody can drive through the drifts.",
        "The road to Tarn is closed in winter because rockfalls damage the tarmac.",
    ),
    Pair(
        "What did the parents want from the school?",
        "Parents demanded smaller classes from the school.",
        "The parents wanted fewer pupils per room from the school.",
        "The parents wanted longer holidays from the school.",
    ),
    Pair(
        "How was the treasure of Brekke found?",
        "A farmer ploughing his field came upon the Brekke treasure.",
        "The treasure of Brekke was unearthed by someone tilling the soil.",
        "The treasure of Brekke was unearthed by divers in a wreck.",
    ),
    Pair(
        "What is the main danger to the owls?",
        "The owls are threatened chiefly by the felling of forests.",
        "The main danger to the owls is logging.",
        "The main danger to the owls is hunting.",
    ),
    Pair(
        "What kind of person was Otto Lind?",
        "Neighbours described Otto Lind as generous to a fault.",
        "Otto Lind gave freely.",
        "Otto Lind was stingy.",
    ),
    Pair(
        "What did the court decide on the dam?",
        "The court allowed building of the dam to go ahead.",
        "The court permitted construction of the dam.",
        "The court forbade construction of the dam.",
    ),
    Pair(
        "How old is the oak at Vik?",
        "The oak at Vik was planted three centuries ago.",
        "The oak at Vik has stood for around 300 years.",
        "The oak at Vik has stood for around 80 years.",
    ),
    Pair(
        "What is the soup of the region made with?",
        "Cooks of the region make their soup with lentils and smoked ham.",
        "The soup of the region is made with pulses and cured pork.",
        "The soup of the region is made with tomatoes and shellfish.",
    ),
    Pair(
        "What do doctors advise against knee pain?",
        "Doctors recommend swimming against knee pain.",
        "Doctors advise exercise in water against knee pain.",
        "Doctors advise bed rest against knee pain.",
    ),
)


def aligned(claim: str, pair: Pair) -> Alignment:
    """A claim beside the one sentence that there is."""
    (found,) = align(claim, pair.question, (sentence(pair.says, title=""),))
    return found


def main() -> None:
    own = settings.load()
    file = locate(own)
    table = Table("caution", "in other words", "something else")
    reworded, other = ([aligned(pair[at], pair).reworded for pair in PAIRS] for at in (2, 3))
    table.add_row("left to the model", str(sum(reworded)), str(sum(other)))
    with closing(WorkerModel(file.path, name=file.name, threads=own.threads)) as model:
        likely = [[_likely(pair[at], pair, model) for pair in PAIRS] for at in (2, 3)]
    for caution in THRESHOLDS:
        table.add_row(
            str(caution), *(str(sum(each >= caution for each in column)) for column in likely)
        )
    Console().print(table)


def _likely(claim: str, pair: Pair, model: LanguageModel) -> float:
    """How likely the claim is held to be right; 0 where the sentence is quoted instead."""
    draft = Draft(claim, (aligned(claim, pair),), first_token=None)
    evidence = evidence_of(sentence(pair.says, title=""))
    decision = decide(pair.question, evidence, draft, model, caution=0.0)
    quoted = decision.answer is None or decision.answer.quoted
    return 0.0 if quoted else decision.likely


if __name__ == "__main__":
    main()
