package exporter_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"crmferry/exporter"
	"crmferry/internal/cell"
	"crmferry/internal/crm"
	"crmferry/internal/crm/cloverhound"
	"crmferry/internal/crm/growcrm"
	"crmferry/mapping"
	"crmferry/mapping/match"
)

// stopping ends the context at the 100th contact.
type stopping struct {
	*sink
	cancel func()
}

func (s *stopping) Write(cells []cell.Cell) error {
	if len(s.ids) == 100 {
		s.cancel()
	}
	return s.sink.Write(cells)
}

func TestNewRefuses(t *testing.T) {
	if _, err := exporter.New(mapping.CloverhoundContacts(), &cloverhound.Client{}, exporter.Options{}); !errors.Is(err, exporter.ErrNoList) {
		t.Errorf("error %v, want ErrNoList", err)
	}
	var wrong *match.Error
	if _, err := exporter.New(mapping.GrowContacts(), newList(1, 1), exporter.Options{Columns: []string{"frist_name"}}); !errors.As(err, &wrong) {
		t.Errorf("error %v, want a *match.Error", err)
	}
}

func TestColumns(t *testing.T) {
	e, err := exporter.New(mapping.GrowContacts(), newList(1, 1), exporter.Options{Columns: []string{"email", "id"}})
	if err != nil {
		t.Fatal(err)
	}
	if c := e.Columns(); len(c) != 2 || c[0].Name != "email" || c[1].Name != "id" {
		t.Errorf("columns %+v", c)
	}
	var got []string
	if _, err := e.Run(t.Context(), cellsOf(&got), nil); err != nil || !slices.Equal(got, []string{"", "1"}) {
		t.Errorf("error %v, cells %q", err, got)
	}
}

type texts struct{ to *[]string }

func cellsOf(to *[]string) texts { return texts{to} }

func (x texts) Write(cells []cell.Cell) error {
	for _, c := range cells {
		*x.to = append(*x.to, c.String())
	}
	return nil
}

func TestSince(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }
	l := newList(6, 10)
	l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error {
		for i := range p.Items {
			p.Items[i].Created = day(i + 1)
		}
		p.Items[1].Updated = day(9)
		p.Items[0].Created = time.Time{}
		return nil
	}
	r := export(t, l, exporter.Options{Since: day(5)})
	if r.err != nil || !slices.Equal(r.ids, []string{"1", "2", "5", "6"}) || r.Contacts != 4 || r.Met != 6 {
		t.Errorf("error %v, written %v, %+v: want the undated, the changed, and the new ones", r.err, r.ids, *r.Summary)
	}
}

// TestSinceByTheirClock: what a clock that is behind calls older is exported; one that is ahead takes nothing away.
func TestSinceByTheirClock(t *testing.T) {
	since := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	for ahead, want := range map[time.Duration][]string{-2 * time.Hour: {"2", "3", "4"}, 0: {"4"}, 2 * time.Hour: {"4"}} {
		l := newList(4, 10)
		l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error {
			for i := range p.Items {
				p.Items[i].Created = since.Add(time.Duration(i-3) * time.Hour)
			}
			return nil
		}
		r := export(t, l, exporter.Options{Since: since, Ahead: func() time.Duration { return ahead }})
		if r.err != nil || !slices.Equal(r.ids, want) {
			t.Errorf("ahead by %s: %v, %v", ahead, r.ids, r.err)
		}
	}
}

// TestSections: sections are proven one by one, and a contact that moved from one to another is written once.
func TestSections(t *testing.T) {
	l := newList(25, 10)
	l.sections = []crm.Section{{Name: "people"}, {Name: "archived people", Key: "archived"}}
	r := export(t, l, exporter.Options{})
	if r.err != nil || r.Contacts != 25 || r.Sections != 2 || r.twice() != nil || r.watch.total != 50 {
		t.Errorf("error %v, %+v, total %d", r.err, *r.Summary, r.watch.total)
	}
	l.lie = func(_ int, p *crm.NumberedPage[growcrm.Contact]) error { p.Total++; return nil }
	if e := export(t, l, exporter.Options{}).incomplete(t); e.List != "people" {
		t.Errorf("the list is called %q", e.List)
	}
}

// shelves is a list of many sections, each with notes of its own.
type shelves struct {
	n    int
	gone map[int]bool
}

func (shelves) Traits() crm.Traits { return crm.Traits{PageSize: 10} }

func (s shelves) Sections(context.Context, crm.Query) ([]crm.Section, error) {
	var all []crm.Section
	for i := range s.n {
		all = append(all, crm.Section{Name: fmt.Sprintf("notes of %d", i), Key: fmt.Sprint(i)})
	}
	return all, nil
}

func (s shelves) ListPage(_ context.Context, _ crm.Query, sec crm.Section, n int) (crm.NumberedPage[growcrm.Contact], error) {
	var i int
	if _, err := fmt.Sscan(sec.Key, &i); err != nil || s.gone[i] {
		return crm.NumberedPage[growcrm.Contact]{}, &crm.Error{Op: "list notes", Class: crm.Permanent, Code: crm.CodeNotFound, Meta: crm.Meta{Status: 404}}
	}
	total := i % 25
	p := crm.NumberedPage[growcrm.Contact]{Total: total, Last: max((total+9)/10, 1)}
	for k := (n - 1) * 10; k < min(n*10, total); k++ {
		p.Items = append(p.Items, growcrm.Contact{ID: int64(1000*i + k + 1)})
	}
	return p, nil
}

func TestManySections(t *testing.T) {
	s := shelves{n: 100, gone: map[int]bool{13: true, 24: true}}
	want := 4*300 - 13 - 24
	r := export(t, s, exporter.Options{})
	if r.err != nil || r.Contacts != want || r.Sections != 100 || r.Gone != 2 {
		t.Errorf("error %v, %+v, want %d", r.err, *r.Summary, want)
	}
	s.gone[0] = true
	if r := export(t, s, exporter.Options{}); r.err == nil || !strings.Contains(r.err.Error(), "list notes") {
		t.Errorf("error %v: where the first one is missing, all may be", r.err)
	}
	few := shelves{n: 3, gone: map[int]bool{2: true}}
	if r := export(t, few, exporter.Options{}); r.err == nil {
		t.Error("a section of few is gone: want an error")
	}
}
