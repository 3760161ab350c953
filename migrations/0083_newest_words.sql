-- A word that stands in thousands of texts is found by walking the newest texts, not by gathering all of them and sorting: whoever oversees
-- the whole country asks for such words. A rare one is still looked up by its letters; the planner chooses, word by word (0045).
create index case_word_newest on case_word (at desc, id desc);
