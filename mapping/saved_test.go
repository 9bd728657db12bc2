package mapping

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSavedContacts: a contact that was written down as JSON is read as it was, whatever it holds; so is what was picked of
// it, field by field.
func TestSavedContacts(t *testing.T) {
	savesAll(t, ClientCommanderContacts())
	savesAll(t, GrowContacts())
	savesAll(t, GrowClients())
	savesAll(t, RogerRogerPeople())
	savesAll(t, RogerRogerNotes())
	savesAll(t, CloverhoundContacts())
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
		if !f.equal(&picked, &full) {
			t.Errorf("%s/%s: %s is not picked", table.Vendor, table.Resource, f.Name)
		}
		if empty := table.Pick(full, nil); f.equal(&empty, &full) && !f.equal(new(C), &full) {
			t.Errorf("%s/%s: %s is picked without being named", table.Vendor, table.Resource, f.Name)
		}
	}
}
