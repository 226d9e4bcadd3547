"""Learns the adapter: sentence-transformers' Dense layers and ranking loss, over vectors the encoder made once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Dense
from sklearn.linear_model import LogisticRegression

from bot.retrieval.adapter import Adapter, Matters
from bot.retrieval.encoder import Vectors

Report = Callable[[int, float], None]


@dataclass(frozen=True)
class Recipe:
    """How to learn: ``scale`` is the loss's, 1 / temperature.

    ``hard`` nearest wrong passages of each question are shown, and ``random`` others per batch.
    """

    epochs: int = 12
    batch: int = 128
    rate: float = 1e-3
    scale: float = 20.0
    hard: int = 50
    random: int = 1024
    seed: int = 0


@dataclass(frozen=True)
class Lesson:
    """Questions (n, dimension), passages (m, dimension), and for each question the numbers of its answers."""

    questions: Vectors
    passages: Vectors
    answers: Sequence[Sequence[int]]


def learn(lessons: Sequence[Lesson], encoder: str, recipe: Recipe = Recipe(), report: Report | None = None) -> Adapter:
    """The adapter learnt from ``lessons`` together; ``report`` is told each epoch and its mean loss."""
    torch.manual_seed(recipe.seed)
    random = np.random.default_rng(recipe.seed)
    dimension = lessons[0].questions.shape[1]
    question, passage = _layer(dimension), _layer(dimension)
    loss = MultipleNegativesRankingLoss(torch.nn.Module(), scale=recipe.scale)  # type: ignore[arg-type]
    optimiser = torch.optim.Adam([*question.parameters(), *passage.parameters()], lr=recipe.rate)
    nearest = [_nearest(lesson, recipe.hard) for lesson in lessons]
    for epoch in range(recipe.epochs):
        losses = []
        for number, pairs in _batches(lessons, recipe, random):
            asked, right, wrong = _examples(lessons[number], nearest[number], pairs, recipe, random)
            columns = [_moved(question, asked), torch.cat([_moved(passage, right), _moved(passage, wrong)])]
            value = loss.compute_loss_from_embeddings(columns, torch.empty(0))
            optimiser.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(value.item())
        if report:
            report(epoch + 1, float(np.mean(losses)))
    return Adapter("learnt", encoder, _weights(question), _weights(passage))


def learn_domain(inside: Vectors, outside: Vectors) -> Vectors:
    """The line between questions (n, dimension) about our matters and any others: weights and bias (dimension + 1,)."""
    model = LogisticRegression(C=30.0, class_weight="balanced", max_iter=1000)
    model.fit(np.concatenate([inside, outside]), [1] * len(inside) + [0] * len(outside))
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def learn_matters(questions: Vectors, matters: Sequence[str]) -> Matters:
    """A linear classifier of questions (n, dimension) by matter, one name for each."""
    model = LogisticRegression(C=30.0, max_iter=300, tol=1e-3).fit(questions, list(matters))
    weights = np.concatenate([model.coef_, model.intercept_[:, None]], axis=1)
    if len(weights) == 1:  # of two names it learns one line, between them
        weights = np.concatenate([-weights, weights]) / 2
    return Matters(tuple(map(str, model.classes_)), weights.astype(np.float32))


def _layer(dimension: int) -> Dense:
    return Dense(
        dimension, dimension, bias=False, activation_function=torch.nn.Identity(), init_weight=torch.eye(dimension)
    )


def _moved(layer: Dense, vectors: Vectors) -> torch.Tensor:
    moved: torch.Tensor = layer({"sentence_embedding": torch.from_numpy(vectors)})["sentence_embedding"]
    return moved


def _weights(layer: Dense) -> Vectors:
    return np.asarray(layer.linear.weight.detach().numpy(), dtype=np.float32)


def _nearest(lesson: Lesson, hard: int) -> list[set[int]]:
    """For each question, the nearest passages the encoder itself offers: the mistakes to unlearn."""
    limit = min(hard, len(lesson.passages))
    best = np.argpartition(-(lesson.questions @ lesson.passages.T), limit - 1, axis=1)[:, :limit]
    return [set(row) for row in best.tolist()]


def _batches(
    lessons: Sequence[Lesson], recipe: Recipe, random: np.random.Generator
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """All pairs of question and answer once, in batches of one lesson each, shuffled."""
    batches = []
    for number, lesson in enumerate(lessons):
        pairs = [(q, a) for q, answers in enumerate(lesson.answers) for a in answers]
        order = random.permutation(len(pairs))
        for start in range(0, len(order), recipe.batch):
            batches.append((number, [pairs[place] for place in order[start : start + recipe.batch]]))
    for place in random.permutation(len(batches)):
        yield batches[place]


def _examples(
    lesson: Lesson, nearest: list[set[int]], pairs: list[tuple[int, int]], recipe: Recipe, random: np.random.Generator
) -> tuple[Vectors, Vectors, Vectors]:
    """Questions, their answers row by row, and wrong passages for all of them.

    A passage that answers two questions of the batch, or a second answer of one, must not count as wrong: such pairs
    wait for another batch, and no answer of the batch is among the wrong ones.
    """
    kept: list[tuple[int, int]] = []
    answered: set[int] = set()
    for question, answer in pairs:
        if answer not in answered:
            kept.append((question, answer))
            answered.update(lesson.answers[question])
    wrong = set().union(*(nearest[question] for question, _ in kept))
    wrong.update(random.integers(0, len(lesson.passages), recipe.random).tolist())
    numbers = np.array(sorted(wrong - answered), dtype=np.int64)
    questions, answers = (np.array(side) for side in zip(*kept, strict=True))
    return lesson.questions[questions], lesson.passages[answers], lesson.passages[numbers]
