-- An alert about Ali Ali was filed under one word before names kept a repeated part, and one word meets nobody: it is filed under both.
update border_alert_named n set words = n.words[1:1] || n.words
 where n.given_name <> '' and n.family_name <> '' and cardinality(n.words) between 1 and 39 and not n.words[1] = any (n.words[2:])
   and (cardinality(n.words) = 1 or lower(btrim(n.given_name)) = lower(btrim(n.family_name)) and strpos(btrim(n.given_name), ' ') = 0);
comment on column border_alert_named.words is 'the parts of the name as they are filed, a repeated one as often as it is said';
