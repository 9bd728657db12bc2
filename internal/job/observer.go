package job

import (
	"context"
	"time"

	"crmferry/internal/account"
)

// Observer is told what happens during a job, and is asked. It knows who the user is and how things are called there.
type Observer interface {
	account.Observer

	// Event is told a fact.
	Event(e Event)
	// Progress begins to show the progress of total things, called noun in the singular; total is 0 if their number is
	// not known. From then on the waits and the silence of a connection show there. The job calls Done, also when it fails.
	Progress(noun string, total int64, c *Connection) Progress
	// CanAsk reports whether there is somebody to ask.
	CanAsk() bool
	// Ask puts a question, and returns whether the answer is yes. It ends with the context.
	Ask(ctx context.Context, q Question) (bool, error)
}

// Event is something that the user should know: a type that carries the facts.
type Event interface{ event() }

// AsEvent makes a type of another package an Event, which embeds it.
type AsEvent struct{}

func (AsEvent) event() {}

// Question is what only the user can decide: a type that carries the facts.
type Question interface{ question() }

// AsQuestion makes a type of another package a Question, which embeds it.
type AsQuestion struct{}

func (AsQuestion) question() {}

// Progress shows how far a job is. Its methods are safe for concurrent use; after Done they do nothing.
type Progress interface {
	// Set says how many things are done altogether.
	Set(done int64)
	// Total says how many things there will be, where that is learned, or changes, on the way.
	Total(n int64)
	// Became counts one thing by what became of it; bad is what nobody wishes for.
	Became(what string, bad bool)
	// Left says how long it will still take; 0: not known.
	Left(d time.Duration)
	// Done ends it. It may be called more than once.
	Done()
}
