package history

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"slices"

	"crmferry/importer/journal"
	"crmferry/importer/outcome"
)

// Created knows by their keys which rows earlier runs have created, where no look-up would find them.
type Created struct {
	seed maphash.Seed
	keys []createdKey // by hash
	runs []string
}

type createdKey struct {
	hash uint64
	run  int32
}

// ReadCreated reads the journals of the runs into the account of mine, but for mine; other reports whether a run at its place is of
// another account. It returns nil where nothing is known to have been created. A journal that is gone says nothing; of what cannot be
// read, unread is told.
func ReadCreated(root string, mine *Record, other func(*Record) bool, unread func(error)) *Created {
	c := &Created{seed: maphash.MakeSeed()}
	runs, _, err := Imports(root) // whose records cannot be read is said elsewhere
	if err != nil {
		unread(err)
	}
	for _, r := range runs {
		same := r.Resource == mine.Resource && r.Place == mine.Place && !other(r)
		if same && r.Run.ID != mine.Run.ID && r.MayHaveCreated() {
			c.add(r, unread)
		}
	}
	if c.keys == nil {
		return nil
	}
	slices.SortFunc(c.keys, func(a, b createdKey) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.run, b.run)) })
	return c
}

func (c *Created) add(r *Record, unread func(error)) {
	run := int32(len(c.runs))
	c.runs = append(c.runs, r.Run.ID)
	_, err := journal.Rows(r.JournalPath(), func(row *journal.Row) error {
		if row.Result.Outcome == outcome.Created && row.Result.Key != "" {
			c.keys = append(c.keys, createdKey{maphash.String(c.seed, row.Result.Key), run})
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		unread(fmt.Errorf("read the journal of the run %s: %w", r.Run.ID, err))
	}
}

// By is the run that has created the row with a key, the newest one, "" for none.
func (c *Created) By(key string) string {
	if c == nil || key == "" {
		return ""
	}
	hash := maphash.String(c.seed, key)
	at, found := slices.BinarySearchFunc(c.keys, hash, func(k createdKey, hash uint64) int { return cmp.Compare(k.hash, hash) })
	if !found {
		return ""
	}
	return c.runs[c.keys[at].run]
}
