import pytest

from tables.naming import folded_names, names_any

ACTIVATIONS = folded_names(["ReLU", "Leaky ReLU", "Sigmoid", "TanH", "Softmax", "Swish"])
INSTANCES = folded_names(["P3", "P4d", "P4de", "Trn1", "Trn1n", "Inf2"])
REGULARIZATIONS = folded_names(["Dropout", "L1 (Lasso)", "L2 (Ridge)"])


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("Softmax", ACTIVATIONS),
        ("relu", ACTIVATIONS),
        ("ReLU (start here)", ACTIVATIONS),
        ("L1 (Lasso)", REGULARIZATIONS),
        ("P3, P4d", INSTANCES),
        ("Trn1 or Trn1n", INSTANCES),
        ("P3 + Inf2 (new)", INSTANCES),
    ],
)
def test_answer_names_a_row(answer, names):
    assert names_any(answer, names)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("ReL", ACTIVATIONS),
        ("RMSE, R-squared", ACTIVATIONS),
        ("MiCS/Sharded + P4de", INSTANCES),
        ("P4de with EFA", INSTANCES),
        ("", ACTIVATIONS),
        ("", folded_names([""])),
    ],
)
def test_answer_names_no_row(answer, names):
    assert not names_any(answer, names)
