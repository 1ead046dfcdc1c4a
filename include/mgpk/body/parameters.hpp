// All numbers of one body, organ by organ. Which evidence they rest on: body/person.hpp.
#pragma once

#include <array>

#include <mgpk/blood/binding.hpp>
#include <mgpk/gut/absorption.hpp>
#include <mgpk/gut/acid.hpp>
#include <mgpk/gut/complexation.hpp>
#include <mgpk/gut/dissolution.hpp>
#include <mgpk/gut/emptying.hpp>
#include <mgpk/gut/transit.hpp>
#include <mgpk/kidney/adaptation.hpp>
#include <mgpk/kidney/excretion.hpp>
#include <mgpk/ligand/glycine.hpp>
#include <mgpk/tissue/pools.hpp>

namespace mgpk::body {

template <class Real>
struct GutParameters {
  gut::EmptyingParameters<Real> emptying;
  gut::AcidParameters<Real> acid;
  Real n_acid_per_magnesium;
  gut::BinderParameters<Real> binders;
  gut::TransitParameters<Real> transit;
  std::array<gut::UptakeParameters<Real>, gut::n_segments> uptake;  ///< none in the stomach
  Real cl_secretion_L_per_h;
  Real stool_water_g_per_mmol;
};

template <class Real>
struct BloodParameters {
  Real v_plasma_L;
  Real f_uf;
  Real f_ionized;
  Real ka_im_per_h;
};

template <class Real>
struct TissueParameters {
  Real v_interstitial_L;
  Real q_L_per_h;
  tissue::CellParameters<Real> cells;
  tissue::CellParameters<Real> red_cells;
  tissue::SlowPoolParameters<Real> slow;
};

template <class Real>
struct BodyParameters {
  GutParameters<Real> gut;
  BloodParameters<Real> blood;
  TissueParameters<Real> tissue;
  kidney::KidneyParameters<Real> kidney;
  kidney::AdaptationParameters<Real> adaptation;
  Real cl_sweat_L_per_h;
  ligand::GlycineParameters<Real> glycine;
};

/// What the gut needs to know of one source: how it dissolves, how much of it is open to uptake and
/// how many ions of it stay in the lumen per magnesium ion, itself included.
template <class Real>
struct SourceParameters {
  gut::DissolutionParameters<Real> dissolution;
  Real f_available;
  Real n_unabsorbed_ions = Real(1.0);
};

}  // namespace mgpk::body
