// cel-go, one record at a time: a compiled program for each policy, and all of them evaluated for each record.
//
//	single_cel EXPORT    of ../export.py
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
)

const limit = 120 * time.Second

type words struct {
	all []string
	at  int
}

func (w *words) next() string { w.at++; return w.all[w.at-1] }

// condition says in CEL what stands next in the words. What is not known is -1.
func condition(w *words) string {
	kind := w.next()
	switch kind {
	case "A", "O":
		count, _ := strconv.Atoi(w.next())
		parts := make([]string, count)
		for i := range parts {
			parts[i] = condition(w)
		}
		return "(" + strings.Join(parts, map[string]string{"A": " && ", "O": " || "}[kind]) + ")"
	case "F":
		return "false"
	case "R":
		column, low, high := w.next(), w.next(), w.next()
		if low == high {
			return column + " == " + low
		}
		if high == "-1" {
			return column + " >= " + low
		}
		if low == "-1" {
			low = "0"
		}
		return "(" + column + " >= " + low + " && " + column + " <= " + high + ")"
	}
	column, values := w.next(), w.next()
	switch kind {
	case "S":
		return column + " in [" + values + "]"
	case "N":
		return "(" + column + " >= 0 && !(" + column + " in [" + values + "]))"
	case "H":
		return values + " in " + column
	}
	return "(" + column + "_known && !(" + values + " in " + column + "))"
}

func mix(x uint64) uint64 {
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}
func lines(name string) []string {
	text, err := os.ReadFile(os.Args[1] + "/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

type column struct {
	name   string
	isList bool
}

func columns() ([]column, []cel.EnvOption) {
	var all []column
	var declared []cel.EnvOption
	for _, line := range lines("columns") {
		name, kind, _ := strings.Cut(line, " ")
		all = append(all, column{name, kind == "L"})
		if kind == "L" {
			declared = append(declared, cel.Variable(name, cel.ListType(cel.IntType)), cel.Variable(name+"_known", cel.BoolType))
		} else {
			declared = append(declared, cel.Variable(name, cel.IntType))
		}
	}
	return all, declared
}

func record(all []column, stated []string) map[string]any {
	made := map[string]any{}
	for i, text := range stated {
		name := all[i].name
		switch {
		case all[i].isList:
			members := []int64{}
			for _, one := range strings.Split(text, ",") {
				if one != "" && one != "-" {
					number, _ := strconv.ParseInt(one, 10, 64)
					members = append(members, number)
				}
			}
			made[name], made[name+"_known"] = members, text != "-"
		case text == "-":
			made[name] = int64(-1)
		default:
			made[name], _ = strconv.ParseInt(text, 10, 64)
		}
	}
	return made
}

type policy struct {
	id      uint64
	program cel.Program
}

func load(env *cel.Env) []policy {
	var all []policy
	for _, line := range lines("policies") {
		w := &words{all: strings.Fields(line)}
		id, _ := strconv.ParseUint(w.next(), 10, 64)
		tree, issues := env.Compile(condition(w))
		if issues.Err() != nil {
			panic(issues.Err())
		}
		program, err := env.Program(tree, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			panic(err)
		}
		all = append(all, policy{id, program})
	}
	return all
}

func memory() uint64 {
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	return now.HeapAlloc
}

func main() {
	all, declared := columns()
	env, err := cel.NewEnv(declared...)
	if err != nil {
		panic(err)
	}
	before := memory()
	began := time.Now()
	policies := load(env)
	loaded := time.Since(began).Seconds()
	after := memory()

	var microseconds []float64
	var matches, digest uint64
	began = time.Now()
	for _, line := range lines("records") {
		stated := strings.Fields(line)
		id, _ := strconv.ParseUint(stated[0], 10, 64)
		facts := record(all, stated[1:])
		var hits []uint64
		from := time.Now()
		activation, _ := cel.NewActivation(facts)
		for _, one := range policies {
			if value, _, err := one.program.Eval(activation); err == nil && value.Value() == true {
				hits = append(hits, one.id)
			}
		}
		microseconds = append(microseconds, float64(time.Since(from).Nanoseconds())/1e3)
		for _, hit := range hits {
			digest += mix((hit << 40) + id + 0x9e3779b97f4a7c15)
		}
		matches += uint64(len(hits))
		if time.Since(began) > limit {
			break
		}
	}
	count := len(microseconds)
	sort.Float64s(microseconds)
	fmt.Printf(`{"engine":"cel-go","policies":%d,"load_s":%.3f,"mb":%d,"records":%d,"p50_us":%.1f,"p99_us":%.1f,"matches":%d,"digest":"%016x"}`+"\n",
		len(policies), loaded, (after-before)>>20, count, microseconds[count/2], microseconds[count*99/100], matches, digest)
}
