package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/crm"
	"crmferry/mapping"
)

// maxAge is how long what was read may decide a write.
const maxAge = 2 * time.Minute

// grace is how long a row that has begun may go on after the run was told to stop.
const grace = 30 * time.Second

// work brings one item to its outcome.
func (r *run[C]) work(ctx context.Context, it *item[C]) {
	it.started = r.clock()
	if ctx.Err() != nil {
		return // not begun: the row was not reached
	}
	if err := r.decide(ctx, it); err != nil {
		r.lost(ctx, it, err)
		return
	}
	if it.res.Outcome == "" && r.o.DryRun {
		r.done(it)
		return
	}
	if it.res.Outcome == "" {
		if err := r.write(ctx, it); err != nil {
			r.lost(ctx, it, err)
			return
		}
	}
	r.done(it)
}

// lost ends an item that met an error; errors that are not the row's stop the run and leave the row unreached.
func (r *run[C]) lost(ctx context.Context, it *item[C], err error) {
	if r.stops(it, err) || ctx.Err() != nil && crm.ClassOf(err) == 0 {
		r.stop(err)
		if crm.ClassOf(err) != crm.WrongServer || it.res.Action == "" || !r.wrote.Load() {
			return
		} // else it was sent, and something in between answered for the vendor
	}
	r.refuse(it, err)
	r.done(it)
}

// decide looks the item up, if need be, and chooses the action. What was read too long ago does not decide a write: it
// is read again.
func (r *run[C]) decide(ctx context.Context, it *item[C]) error {
	if r.lookup == nil || len(it.keys) == 0 {
		r.choose(it)
		return nil
	}
	if !it.looked {
		if err := r.find(ctx, it); err != nil {
			return err
		}
	}
	asRead := *it
	it.asRead = &asRead
	r.choose(it)
	if it.res.Outcome != "" || r.clock().Sub(it.readAt) <= maxAge || r.refusesTaken(it) {
		return nil
	}
	return r.decideAgain(ctx, it)
}

// decideAgain reads what was found once more and chooses the action anew.
func (r *run[C]) decideAgain(ctx context.Context, it *item[C]) error {
	asRead, attempts := it.asRead, it.res.Attempts
	*it = *asRead
	it.asRead, it.res.Attempts = asRead, attempts
	if err := r.retry(ctx, it, true, func() error { return r.lookup.again(ctx, it) }); err != nil {
		return err
	}
	r.choose(it)
	return nil
}

// refusesTaken says whether a create that should not be would be refused by the vendor: then nothing is read for it.
func (r *run[C]) refusesTaken(it *item[C]) bool {
	return len(it.found) == 0 && r.vendor.Traits().UniqueEmail && it.keys[0].Email != ""
}

// choose chooses the action by what was found, and the outcome if there is nothing to send.
func (r *run[C]) choose(it *item[C]) {
	switch {
	case it.made != nil:
		it.found, it.res.ID = []C{*it.made}, r.table.ID(*it.made)
		r.compare(it)
	case len(it.found) > 0 && it.keys[0].Of != "":
		r.equal(it)
	case len(it.found) > 1:
		r.ambiguous(it)
	case len(it.found) == 1:
		it.res.ID = r.table.ID(it.found[0])
		if r.o.Mode == CreateOnly {
			it.skip(CodeExists, "the contact exists already")
			return
		}
		r.compare(it)
	case r.lookup == nil && len(it.keys) > 0 && it.keys[0].ID != "":
		it.skip(CodeExists, "the row carries the id of a contact, which the vendor documents no way to look up")
	case r.o.Mode == UpdateOnly:
		it.skip(CodeNotFound, "no contact has this "+keyWord(it.keys))
	case len(it.keys) > 0 && it.keys[0].ID != "":
		it.reject(mapping.Problem{Code: CodeNotFound, Message: fmt.Sprintf("no contact has the id %q", it.keys[0].ID)})
	default:
		it.res.Action, it.res.Changed = Create, it.fields
	}
}

func keyWord(keys []crm.Key) string {
	if len(keys) == 0 {
		return "key"
	}
	return map[string]string{"id": "id", "email": "e-mail", "phone": "phone and name", "of": "content"}[kindOf(keys[0])]
}

func (r *run[C]) ambiguous(it *item[C]) {
	ids := make([]string, len(it.found))
	for i, c := range it.found {
		ids[i] = r.table.ID(c)
	}
	it.reject(mapping.Problem{Code: CodeAmbiguous,
		Message: fmt.Sprintf("%d contacts match: %s", len(ids), strings.Join(ids, ", "))})
}

// equal leaves a record alone that says what the row says. Whatever else the row has is not written: of two records that
// say the same nobody knows which one it is about.
func (r *run[C]) equal(it *item[C]) {
	it.res.ID = r.table.ID(it.found[0])
	if r.o.Mode == CreateOnly {
		it.skip(CodeExists, "it exists already")
		return
	}
	m := r.table.Merge(it.found[0], it.want, it.fields, r.o.Replace)
	it.res.Action, it.res.Outcome = None, Unchanged
	if len(m.Changed) > 0 {
		it.res.Notes = append(it.res.Notes, "the row differs in "+strings.Join(m.Changed, ", ")+", which was left: give the id to change it")
	}
}

// compare finds out what the row would change in the contact found.
func (r *run[C]) compare(it *item[C]) {
	m := r.matching.Merge(it.found[0], it.want, it.fields, r.o.Replace)
	if len(m.Bad) > 0 {
		it.reject(m.Bad...)
		return
	}
	it.res.Changed = m.Changed
	it.res.Problems = append(it.res.Problems, m.Fixed...)
	if len(m.Changed) == 0 {
		it.res.Action, it.res.Outcome = None, Unchanged
		if it.made != nil {
			it.res.Action, it.res.Outcome, it.res.Changed = Create, Created, it.fields
		}
		return
	}
	it.want, it.res.Action = m.Contact, Update
}

// write sends the item.
func (r *run[C]) write(ctx context.Context, it *item[C]) error {
	release, err := r.alone(ctx, it)
	if err != nil {
		return err
	}
	defer release()
	if it.res.Outcome != "" {
		return nil
	}
	if it.res.Action == Update {
		return r.update(ctx, it)
	}
	return r.create(ctx, it)
}

func (r *run[C]) create(ctx context.Context, it *item[C]) error {
	fields := it.fields
	if !it.looked && r.vendor.Traits().CreateUpserts { // the vendor may know a contact where we have no key
		fields = without(fields, r.stepOnly)
	}
	token := r.token(it.res.Row)
	var ans crm.Answer[C]
	err := r.retry(ctx, it, r.vendor.Traits().Idempotent, func() (err error) {
		ans, err = r.vendor.Create(ctx, it.want, fields, token)
		return err
	})
	if taken(err) && r.lookup != nil {
		return r.taken(ctx, it, err)
	}
	if err != nil {
		return err
	}
	it.res.Outcome = Updated
	if ans.Created {
		it.res.Outcome = Created
	}
	return r.answered(ctx, it, ans, ans.Contact)
}

// taken handles a create that was refused because somebody has the value already: look again, update.
func (r *run[C]) taken(ctx context.Context, it *item[C], refused error) error {
	it.res.Action = "" // what is read decides it anew
	if err := r.retry(ctx, it, true, func() error { return r.lookup.again(ctx, it) }); err != nil {
		return err
	}
	if len(it.found) == 0 {
		it.res.Action = Create
		r.refuse(it, refused)
		if !r.vendor.Traits().UniqueEmail {
			return nil
		}
		last := &it.res.Problems[len(it.res.Problems)-1]
		last.Message = strings.TrimSuffix(last.Message, ".") + "; no contact holds it, so that a team member may"
		return nil
	}
	if err := r.decide(ctx, it); err != nil || it.res.Outcome != "" {
		return err
	}
	return r.write(ctx, it)
}

func (r *run[C]) update(ctx context.Context, it *item[C]) error {
	found := it.found[0]
	ans := crm.Answer[C]{ID: it.res.ID, Contact: &found}
	if fields := without(it.res.Changed, r.stepOnly); len(fields) > 0 {
		err := r.retry(ctx, it, r.vendor.Traits().UpdateRepeatable, func() (err error) {
			ans, err = r.updater.Update(ctx, found, it.want, fields)
			return err
		})
		if err != nil {
			return err
		}
	}
	it.res.Outcome = Updated
	if it.made != nil {
		it.res.Outcome, it.res.Action, it.res.Changed = Created, Create, it.fields
	}
	return r.answered(ctx, it, ans, ans.Contact)
}

// answered takes down an accepted write and goes on with the steps that the row still needs.
func (r *run[C]) answered(ctx context.Context, it *item[C], ans crm.Answer[C], have *C) error {
	r.wrote.Store(true)
	if ans.ID != "" {
		it.res.ID = ans.ID
	}
	if ans.Status != 0 {
		it.res.Meta = ans.Meta
	}
	r.note(it)
	if note := r.writeOnly(it); note != "" {
		it.res.Notes = append(it.res.Notes, note)
	}
	return r.steps(ctx, it, have)
}

// writeOnly says which of the written fields could not be compared, because they cannot be read back.
func (r *run[C]) writeOnly(it *item[C]) string {
	if it.res.Outcome != Updated {
		return ""
	}
	blind := slices.DeleteFunc(slices.Clone(it.res.Changed), func(f string) bool { return !r.blind.Has(f) })
	if len(blind) == 0 {
		return ""
	}
	return strings.Join(blind, ", ") + ": sent without comparing, the vendor does not let them be read"
}

// steps does what is left after the contact itself was written. A row that has begun is finished even if the run is
// told to stop.
func (r *run[C]) steps(ctx context.Context, it *item[C], have *C) error {
	if r.stepper == nil {
		return nil
	}
	pending := r.stepper.Steps(have, it.want, it.fields)
	if len(pending) == 0 {
		return nil
	}
	ctx, cancel := lasting(ctx)
	defer cancel()
	for i, step := range pending {
		var ans crm.Answer[C]
		err := r.retry(ctx, it, true, func() (err error) {
			ans, err = r.stepper.Do(ctx, step, it.res.ID, have, it.want)
			return err
		})
		if err != nil {
			r.stepFailed(it, pending[i:], err)
			return nil
		}
		if ans.Contact != nil {
			have = ans.Contact
		}
	}
	return nil
}

// lasting is a context that outlives ctx by the grace of a row that has begun.
func lasting(ctx context.Context) (context.Context, context.CancelFunc) {
	long, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return long, func() { stop(); cancel() }
}

func (r *run[C]) stepFailed(it *item[C], left []crm.Step, err error) {
	done, written := string(it.res.Outcome), it.res.Changed
	names := make([]string, len(left))
	for i, s := range left {
		names[i] = s.Name
		written = without(written, s.Fields)
	}
	r.refuse(it, err)
	it.res.Outcome, it.res.Changed = Failed, written
	said := it.res.Problems[len(it.res.Problems)-1].Message
	it.res.Problems[len(it.res.Problems)-1] = mapping.Problem{Code: CodeStepFailed, Field: strings.Join(left[0].Fields, ","),
		Message: fmt.Sprintf("the contact %s was %s; not done: %s; %s", it.res.ID, done, strings.Join(names, ", "), said)}
}

// token is the idempotency key of a row: the same on every try, different for every run.
func (r *run[C]) token(row int) string {
	sum := sha256.Sum256([]byte(r.o.Run + "/" + strconv.Itoa(row)))
	return hex.EncodeToString(sum[:16])
}

func without(fields, drop crm.Fields) crm.Fields {
	if len(drop) == 0 {
		return fields
	}
	return slices.DeleteFunc(slices.Clone(fields), drop.Has)
}
