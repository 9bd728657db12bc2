package mapping

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSavedContacts: a contact that was written down as JSON is read as it was, whatever it holds; so is what was picked of
// it, field by field.
func TestSavedContacts(t *testing.T) {
	savesAll(t, ClientCommanderContacts())
	savesAll(t, GrowContacts())
	savesAll(t, GrowClients())
	savesAll(t, GrowLeads())
	savesAll(t, GrowNotes())
	savesAll(t, RogerRogerOrganizations())
	savesAll(t, RogerRogerPeople())
	savesAll(t, RogerRogerNotes())
	savesAll(t, CloverhoundContacts())
}

// TestSavedNames: runs that are kept hold contacts under these names, and other versions of the program resume them and take
// them back. Where it fails because a field is new, run it with -update. Where a field was renamed or dropped, what is kept under
// the old name would be lost without a word: keep the old name in JSON (a tag), or raise the version of importer/runrows first.
func TestSavedNames(t *testing.T) {
	var b strings.Builder
	savedNames(&b, ClientCommanderContacts())
	savedNames(&b, GrowContacts())
	savedNames(&b, GrowClients())
	savedNames(&b, GrowLeads())
	savedNames(&b, GrowNotes())
	savedNames(&b, RogerRogerOrganizations())
	savedNames(&b, RogerRogerPeople())
	savedNames(&b, RogerRogerNotes())
	savedNames(&b, CloverhoundContacts())
	const path = "testdata/saved.txt"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if diff := cmp.Diff(string(want), b.String()); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// savedNames writes the names of all that a contact is saved with, one a line.
func savedNames[C any](b *strings.Builder, table *Table[C]) {
	var full C
	fillEach(reflect.ValueOf(&full).Elem(), "", map[string]string{}, new(int64))
	var saved any
	if err := json.Unmarshal(table.Image(full, nil), &saved); err != nil {
		panic(err)
	}
	nameEach(b, table.Vendor+"/"+table.Resource, saved)
}

func nameEach(b *strings.Builder, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			nameEach(b, path+"."+name, v[name])
		}
	case []any:
		nameEach(b, path+"[]", v[0])
	default:
		fmt.Fprintf(b, "%s %T\n", path, v)
	}
}

func savesAll[C any](t *testing.T, table *Table[C]) {
	t.Helper()
	var full C
	fillEach(reflect.ValueOf(&full).Elem(), "", map[string]string{}, new(int64))
	for _, c := range []C{full, *new(C)} {
		read, err := table.FromImage(table.Image(c, nil))
		if diff := cmp.Diff(c, read); err != nil || diff != "" {
			t.Errorf("%s/%s: %v\n%s", table.Vendor, table.Resource, err, diff)
		}
	}
	for i := range table.Fields {
		f := &table.Fields[i]
		if !f.Writable {
			continue
		}
		picked, err := table.FromImage(table.Image(full, []string{f.Name}))
		if err != nil {
			t.Error(err)
		}
		if !f.Equal(&picked, &full) {
			t.Errorf("%s/%s: %s is not picked", table.Vendor, table.Resource, f.Name)
		}
		if empty := table.Pick(full, nil); f.Equal(&empty, &full) && !f.Equal(new(C), &full) {
			t.Errorf("%s/%s: %s is picked without being named", table.Vendor, table.Resource, f.Name)
		}
	}
}
