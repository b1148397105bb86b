-- Why no picture came of a request, by its entry in the catalogue of failures.
alter table card add column trouble text;
