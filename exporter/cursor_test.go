package exporter_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"crmferry/exporter"
	"crmferry/internal/crm"
	"crmferry/internal/crm/growcrm"
)

// chain is a list that is read by cursor.
type chain struct {
	ids      []int64
	size     int
	requests int
	lie      func(request int, p *crm.CursorPage[growcrm.Contact]) error
}

func newChain(n, size int) *chain { return &chain{ids: newList(n, size).ids, size: size} }

func (l *chain) ListAfter(ctx context.Context, _ crm.Query, cursor string) (crm.CursorPage[growcrm.Contact], error) {
	if ctx.Err() != nil {
		return crm.CursorPage[growcrm.Contact]{}, ctx.Err()
	}
	l.requests++
	from := 0
	if cursor != "" {
		if _, err := fmt.Sscanf(cursor, "after %d", &from); err != nil {
			return crm.CursorPage[growcrm.Contact]{}, err
		}
	}
	to := min(from+l.size, len(l.ids))
	var p crm.CursorPage[growcrm.Contact]
	for _, id := range l.ids[from:to] {
		p.Items = append(p.Items, growcrm.Contact{ID: id})
	}
	p.Count = len(p.Items)
	if p.More = to < len(l.ids); p.More {
		p.Next = fmt.Sprintf("after %d", to)
	}
	if l.lie != nil {
		if err := l.lie(l.requests, &p); err != nil {
			return p, err
		}
	}
	return p, nil
}

func TestCursor(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 95, 100} {
		l := newChain(n, 10)
		r := export(t, l, exporter.Options{})
		if r.err != nil || r.missing(l.ids) != nil || r.twice() != nil || r.Contacts != n || r.Pages != max((n+9)/10, 1) || l.requests != r.Pages {
			t.Errorf("%d contacts: error %v, %+v, %d requests", n, r.err, *r.Summary, l.requests)
		}
		if !slices.IsSortedFunc(r.ids, func(a, b string) int { return len(a) - len(b) }) || r.watch.total != -1 {
			t.Errorf("%d contacts: written %v, total %d", n, r.ids, r.watch.total)
		}
	}
}

func TestCursorRepeatsAreDropped(t *testing.T) {
	l := newChain(30, 10)
	l.ids[20] = l.ids[3]
	if r := export(t, l, exporter.Options{}); r.err != nil || r.Contacts != 29 || r.Repeats != 1 || r.twice() != nil {
		t.Errorf("error %v, %+v", r.err, *r.Summary)
	}
}

func TestCursorLies(t *testing.T) {
	unauthorized := &crm.Error{Op: "list people", Class: crm.Unauthorized}
	tests := []struct {
		name string
		lie  func(request int, p *crm.CursorPage[growcrm.Contact]) error
		want string
	}{
		{"a page says it holds more", func(_ int, p *crm.CursorPage[growcrm.Contact]) error { p.Count++; return nil }, "page 1 holds 10 contacts and says 11"},
		{"no cursor", func(n int, p *crm.CursorPage[growcrm.Contact]) error {
			if n == 3 {
				p.Next = ""
			}
			return nil
		}, "page 3 says that more contacts follow, but not where"},
		{"the same cursor", func(n int, p *crm.CursorPage[growcrm.Contact]) error {
			if n >= 3 {
				p.Next = "after 20"
			}
			return nil
		}, "page 3 says that more contacts follow, but its cursor leads back"},
		{"the first page with new cursors", func(n int, p *crm.CursorPage[growcrm.Contact]) error {
			p.Items, p.More, p.Next = newPage(1, 10), true, fmt.Sprintf("after 0 %d", n)
			p.Count = 10
			return nil
		}, "100 pages in a row brought no new contact"},
		{"empty pages with new cursors", func(n int, p *crm.CursorPage[growcrm.Contact]) error {
			p.Items, p.More, p.Next, p.Count = nil, true, fmt.Sprintf("after 0 %d", n), 0
			return nil
		}, "100 pages in a row brought no new contact"},
		{"the key is refused", func(n int, _ *crm.CursorPage[growcrm.Contact]) error {
			if n == 5 {
				return unauthorized
			}
			return nil
		}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := newChain(100, 10)
			l.lie = test.lie
			r := export(t, l, exporter.Options{})
			if test.want == "" {
				if !errors.Is(r.err, unauthorized) || !strings.Contains(r.err.Error(), "read page 5 of contacts") {
					t.Errorf("error %v", r.err)
				}
			} else if e := r.incomplete(t); !strings.Contains(e.Reason, test.want) {
				t.Errorf("reason %q, want %q", e.Reason, test.want)
			}
			if l.requests > 103 {
				t.Errorf("%d requests", l.requests)
			}
		})
	}
}

func TestCursorLimit(t *testing.T) {
	l := newChain(100, 10)
	if r := export(t, l, exporter.Options{Limit: 15}); r.err != nil || !r.Limited || r.Contacts != 15 || l.requests > 5 {
		t.Errorf("error %v, %+v, %d requests", r.err, *r.Summary, l.requests)
	}
	if r := export(t, newChain(15, 10), exporter.Options{Limit: 15}); r.err != nil || r.Limited || r.Contacts != 15 {
		t.Errorf("error %v, %+v: that were all", r.err, *r.Summary)
	}
}

func TestCancel(t *testing.T) {
	stop := errors.New("stop")
	for _, client := range []any{newList(1000, 10), newChain(1000, 10)} {
		ctx, cancel := context.WithCancelCause(t.Context())
		r := &result{}
		e := newExporter(t, client, exporter.Options{Workers: 4}, r)
		after := &stopping{sink: &r.sink, cancel: func() { cancel(stop) }}
		_, err := e.Run(ctx, after, nil)
		if !errors.Is(err, stop) && !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if len(r.ids) > 900 {
			t.Errorf("%d contacts written after the context had ended", len(r.ids))
		}
	}
}

// TestTwins: of two contacts of one page that have one id, and differ, none is dropped unseen. The same one twice is.
func TestTwins(t *testing.T) {
	twins := func(name string) *chain {
		l := newChain(30, 10)
		l.lie = func(n int, p *crm.CursorPage[growcrm.Contact]) error {
			if n == 2 {
				p.Items[7] = p.Items[3]
				p.Items[7].FirstName = name + p.Items[3].FirstName
			}
			return nil
		}
		return l
	}
	if r := export(t, twins(""), exporter.Options{}); r.err != nil || r.Contacts != 29 || r.Repeats != 1 {
		t.Errorf("error %v, %+v", r.err, *r.Summary)
	}
	r := export(t, twins("Another "), exporter.Options{})
	if e := r.incomplete(t); !e.Unproven || e.Reason != `page 2 holds two contacts with the id "14", and they differ` {
		t.Errorf("%+v", e)
	}
	if r := export(t, twins("Another "), exporter.Options{AllowUnproven: true}); r.err != nil || r.Contacts != 29 || len(r.Unproven) != 1 {
		t.Errorf("error %v, %+v", r.err, *r.Summary)
	}
}
