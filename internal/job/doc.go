// Package job is what crmferry does from start to end. It knows neither flags nor a terminal: a Runner is given a request,
// tells its Observer what happens and asks it, and returns a result or an error with advice. Front ends turn events,
// results and advice into words. An import is here, and what all jobs need; other jobs have packages of their own.
package job
