package rogerroger

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"crmferry/internal/crm"
)

// How several values of a filter combine, whether a filter compares exactly and whether answers without
// exists[archivedAt] include archived people is not documented. A wrong guess would make existing people look absent
// and create them a second time. So it is tried once on the account, before the first answer counts.

// invented is an address that nobody has.
const invented = "crmferry-no-such-person@example.com"

// freshness is how long "nobody is archived" may be believed: others work in the account too.
const freshness = 2 * time.Minute

// plan finds out, once per account, how people are looked up. Whoever comes meanwhile waits for the result.
func (c *Client) plan(ctx context.Context, k kind) (plan, error) {
	if err := c.lookup.turn.Take(ctx); err != nil {
		return plan{}, err
	}
	defer c.lookup.turn.Pass()
	if err := c.checkArchive(ctx); err != nil {
		return plan{}, err
	}
	p := plan{archive: c.lookup.archive.mode}
	if param, ok := c.lookup.filters[k]; ok {
		p.param = param
		return p, nil
	}
	sample, err := c.newest(ctx)
	if err != nil {
		return plan{}, err
	}
	probes := chooseProbes(sample, k)
	if len(probes) < 2 {
		// Too few people to try a filter on. Not settled: the account grows while an import runs.
		if sample.Next == "" && len(sample.Items) == sample.Total && p.archive != archiveSeparate {
			p.everybody = append([]Person{}, sample.Items...)
		}
		return p, nil
	}
	if p.param, err = c.choose(ctx, k, probes); err != nil {
		return plan{}, err
	}
	c.lookup.filters[k] = p.param
	return p, nil
}

// newest reads a page of people, those last created first: in an account that was empty they are the ones just
// imported.
func (c *Client) newest(ctx context.Context) (collection[Person], error) {
	q := url.Values{"page": {"1"}, "itemsPerPage": {strconv.Itoa(pageSize)}, "order[createdAt]": {"desc"}}
	return getPage[Person](ctx, c, "list people", "/people", q)
}

// probe is a person and a value by which the person must be found.
type probe struct {
	id, value string
	telling   bool // stored otherwise than asked for: shows whether the filter sees through case and punctuation
}

// chooseProbes returns two people with different values, preferring telling ones; fewer if the sample does not have
// two, or nobody besides whom a filter could wrongly return.
func chooseProbes(sample collection[Person], k kind) []probe {
	if len(sample.Items) < 3 {
		return nil
	}
	var all []probe
	for _, p := range sample.Items {
		stored, asked := k.of(p)
		for i, v := range asked {
			if p.ID != "" && usable(v, k) {
				all = append(all, probe{id: p.ID, value: v, telling: stored[i] != v})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b probe) int {
		switch {
		case a.telling == b.telling:
			return 0
		case a.telling:
			return -1
		}
		return 1
	})
	for _, b := range all {
		if a := all[0]; b.id != a.id && b.value != a.value {
			return []probe{a, b}
		}
	}
	return nil
}

// usable reports whether a row could have v as its key: a number needs its country code, which no short number has.
func usable(v string, k kind) bool { return v != "" && (k == byEmail || len(v) > 8) }

// choose tries the filters that take several values, the one that knows all identifiers first.
func (c *Client) choose(ctx context.Context, k kind, probes []probe) (string, error) {
	params := []string{"identifiers[]"}
	if k == byEmail {
		params = append(params, "emailAddresses.email[]")
	}
	for _, param := range params {
		works, err := c.try(ctx, k, param, probes)
		if err != nil {
			return "", err
		}
		if works {
			return param, nil
		}
	}
	return "", nil
}

// try asks for two people and an invented one, and reports whether just the two came, or others who carry the same
// values.
func (c *Client) try(ctx context.Context, k kind, param string, probes []probe) (bool, error) {
	values := []string{probes[0].value, probes[1].value}
	page, err := getPage[Person](ctx, c, "try the filter "+param, "/people", query(param, append(values, invented), ""))
	if crm.ClassOf(err) == crm.Permanent {
		return false, nil // refused: not a filter of this account
	}
	if err != nil {
		return false, err
	}
	has := func(id string) bool {
		return slices.ContainsFunc(page.Items, func(p Person) bool { return p.ID == id })
	}
	return len(carriers(page.Items, values, k)) == len(page.Items) && has(probes[0].id) && has(probes[1].id), nil
}

// checkArchive finds out how archived people are found, by counting.
func (c *Client) checkArchive(ctx context.Context) error {
	a := &c.lookup.archive
	stale := c.archived.Swap(false) || c.now().Sub(a.since) > freshness
	if a.mode == archiveIncluded || a.mode == archiveSeparate || (a.mode == archiveEmpty && !stale) {
		return nil
	}
	mode, err := c.countArchive(ctx)
	if err != nil {
		c.archived.Store(true) // look again
		return err
	}
	*a = archive{mode: mode, since: c.now()}
	return nil
}

func (c *Client) countArchive(ctx context.Context) (archiveMode, error) {
	archived, err := c.count(ctx, "true")
	if err != nil {
		return archiveUnknown, err
	}
	if archived == 0 {
		return archiveEmpty, nil
	}
	active, err := c.count(ctx, "false")
	if err != nil {
		return archiveUnknown, err
	}
	all, err := c.count(ctx, "")
	if err != nil {
		return archiveUnknown, err
	}
	if archived > 0 && active >= 0 && all == active+archived {
		return archiveIncluded, nil
	}
	return archiveSeparate, nil
}

// count asks how many people there are, -1 if the vendor does not say.
func (c *Client) count(ctx context.Context, archived string) (int, error) {
	q := url.Values{"itemsPerPage": {"1"}}
	if archived != "" {
		q.Set("exists[archivedAt]", archived)
	}
	page, err := getPage[Person](ctx, c, "count people", "/people", q)
	return page.Total, err
}
