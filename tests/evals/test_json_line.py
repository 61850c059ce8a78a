import json

from hypothesis import given
from hypothesis import strategies as st

from evals.json_line import with_values

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
OBJECTS = st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=5)


@given(OBJECTS, OBJECTS, st.booleans(), st.sampled_from([(",", ":"), (" ,\t", " : ")]))
def test_the_values_change_and_nothing_else_does(old, new, ascii_only, separators):
    line = json.dumps(old, ensure_ascii=ascii_only, separators=separators)
    assert json.loads(with_values(line, new)) == old | new


@given(OBJECTS, st.sampled_from([(",", ":"), (" ,\t", " : ")]))
def test_without_a_new_value_the_line_is_the_same_to_the_byte(old, separators):
    line = f"  {json.dumps(old, separators=separators)} \r"
    assert with_values(line, {}) == line


def test_numbers_escapes_and_spaces_elsewhere_stay_as_they_were_written():
    line = '{ "a" : 1.0e2, "q":"\\u00e9\\/",  "draft" :true , "n": {"draft": true} }'
    assert with_values(line, {"draft": False}) == line.replace('" :true', '" :false')


def test_of_a_key_that_stands_twice_both_values_change():
    assert json.loads(with_values('{"a": 1, "a": 2}', {"a": 3})) == {"a": 3}
