-- Tables of a case that came after 0041: by way of break-glass or a grant they are read and never written either.
select read_only_when_opened();
