CREATE TABLE outbox (
  position INTEGER PRIMARY KEY,
  event TEXT NOT NULL,
  fault TEXT
);
