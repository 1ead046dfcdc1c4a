// mgpk: what happens to a dose of magnesium. This page is the table of contents.
//
// By themselves, because headers alone take long to compile: the textbook models
// <mgpk/classic/predict.hpp>, <mgpk/classic/published.hpp>, data sets <mgpk/record/csv.hpp>, and
// isotope studies <mgpk/simulate/isotopes.hpp>, <mgpk/simulate/isotope_methods.hpp>.
#pragma once

#include <mgpk/version.hpp>           // which mgpk this is
#include <mgpk/error.hpp>             // how it says no
#include <mgpk/units/units.hpp>       // mmol, mg and mEq; elemental and salt mass are two types
#include <mgpk/evidence/cite.hpp>     // every number with its range, kind and source
#include <mgpk/dose/salts.hpp>        // the journey: what a salt is made of
#include <mgpk/dose/schedule.hpp>     //   what is swallowed or injected, and when
#include <mgpk/gut/acid.hpp>          //   acid of the stomach
#include <mgpk/gut/emptying.hpp>      //   how fast the stomach empties
#include <mgpk/gut/dissolution.hpp>   //   solid turns into dissolved
#include <mgpk/gut/transit.hpp>       //   down the gut
#include <mgpk/gut/complexation.hpp>  //   some of it held back by what else was eaten
#include <mgpk/gut/absorption.hpp>    //   through its wall
#include <mgpk/gut/secretion.hpp>     //   and back into it
#include <mgpk/gut/stool.hpp>         //   what is left draws water
#include <mgpk/blood/binding.hpp>     //   the blood carries it, bound and free
#include <mgpk/tissue/exchange.hpp>   //   into the interstitium
#include <mgpk/tissue/pools.hpp>      //   tissue stores it
#include <mgpk/gut/uptake_by_filtration.hpp>  //   less in kidney disease
#include <mgpk/kidney/segments.hpp>           //   the tubule in three parts
#include <mgpk/kidney/gfr.hpp>                //   the kidney filters
#include <mgpk/kidney/filtration.hpp>         //   so much
#include <mgpk/kidney/reabsorption.hpp>       //   takes back what it can
#include <mgpk/kidney/adaptation.hpp>         //   over weeks a little more, if it adapts
#include <mgpk/kidney/excretion.hpp>          //   and lets the rest go
#include <mgpk/skin/sweat.hpp>                //   a little leaves through the skin
#include <mgpk/ligand/glycine.hpp>            //   what came along with the metal
#include <mgpk/body/body.hpp>                 // put together: the only file where organs meet
#include <mgpk/body/person.hpp>               // a person's own numbers
#include <mgpk/ode/ode.hpp>                   // the solver, which knows nothing of magnesium
#include <mgpk/simulate/simulate.hpp>         // using it: one person, one plan
#include <mgpk/simulate/summary.hpp>          // a run in a few numbers
#include <mgpk/simulate/cite.hpp>             // what it rests on
#include <mgpk/simulate/steady_state.hpp>     // where a plan leads that goes on for ever
#include <mgpk/simulate/history.hpp>          // depleted and loaded starts
#include <mgpk/simulate/loading_test.hpp>     // how much of an infusion stays
#include <mgpk/simulate/dosing.hpp>           // where each row stands among the doses
#include <mgpk/simulate/from_records.hpp>     // a data set as a plan
#include <mgpk/simulate/sweep.hpp>            // many persons and plans on all cores
#include <mgpk/simulate/columns_of_many.hpp>  // some columns of many persons, and no tables
#include <mgpk/simulate/effects.hpp>          // what a run would do, by rank
#include <mgpk/trial/trial_effects.hpp>       // what trials found
#include <mgpk/trial/simulate_trial.hpp>      // and how often one would
#include <mgpk/people/population.hpp>         // virtual adults from published distributions
#include <mgpk/people/bands.hpp>              // how far a run may be off
#include <mgpk/document/run_file.hpp>         // a run as a file (needs mgpk::core)
#include <mgpk/nca/fields.hpp>                // curves and collections without a model
#include <mgpk/study/report.hpp>              // held against published studies
#include <mgpk/claim/answers.hpp>             // what popular articles say, held against numbers
