"""What fuzzing found (``fuzz/readers.py``): bytes that a reader once raised something of its own over."""

from __future__ import annotations

import base64
import zlib

import pytest

from secondsource.readers import take

FOUND = {
    "rss": (
        "c-rNZ&u*MB5QqCHBhFduCH<F`m#CNAs$5p8)SH9HixsfxcnIOv2kF!GNjk8Nl&DhGz4Q{q0ogP2`}nXh*N=S%4@fzrxG%P)E"
        "&yYbT!_bgF|yx$EUs(g5gkZn%=@Bc9(GDi(^O8EWul|1w0@^Paq5euX4l!J7h_Qy4qO|IO!NBOVSST`XBftQ$dEj6i@@`MaM"
        ")Zyho0A!Dbalf%W$w1!6$-S>JUPN&z73jsM9Rdg?JAwp+8Y&!D8tkJci6jB|h4I=umA7Rhw~emeJLfek0f0jou#ghn?1Pe>L"
        "i9*W|J9t?)hvy*+{M&L+KBi&{%}X(V}H9~y*ggM%a$DLOlsMm<Fu^;^{oV?V$D_=3=+F$&)jAy^FwY+i;e^S_ODKHEw4(n<A"
        "xqs2+}S1135asf6vSkA=%@gi&MQ6lRQ9L6AQ+)B2Mrw<5|%|O^-c#tjYMZ=o!17%)XZ}5&rNh;5_c=^oYs~32d=s(!h@{_55"
        "0d<F(a{"
    ),
    "wacz": (
        "c-nPV2T;@L5~qV;L5R`?F^cq<0tp9Fq=h1g1biTbKO~_SLk~v;LO`k-6hVqoBON0Mh*98Cq?}agf=BT{ASx(GIdb6Kd-u+{w"
        ">vxEH^1NRH#@sC`>nM(HxGzoUs6*^PRt$!()8Ya--P!J2Lu5DfSWhqj#u*v^!JO94<PyzJbm!;T5|IHr0Sonyo#KBDBwoIhT"
        "w^Tp8kIO{5iEf-6x3nK>uK(8$NIkb&Qbr1APA*uNDdr-PGJk`)&b1kjFm0hj@5~;MITRJ%GUPe4qyaMQCWjH4!){6iR>tu9`"
        "?!909KZMMB(QI6TbF4dx2h#G??JFu)a#)F40*5KSBm0ss&^0fuyi127~Gw*RDSc+mH(&S|0`kxr4;e=7!=+GM@U$HB30`{+O"
        "AC7UGh-Jgp)1v5dM&=8IsNoI4lU7+Wf7K5>OARq<CyrZaNqDlwa87ll(<Y*cPcU1Zt4cKn{i>JEx)EBu5ZGT!R>^GI>91RTF"
        "SXK+u$&lvDSy{K6m1Nh(^%$5wTVavQm=j(b#W^9PA=4YR%{(GS;Y&W^v`0fw74zoL^;<PNZX-ImmG_pcu8LaN^OE{p1Wz9-*"
        "UWT|@^!L&Z9sEy%zy}}4BGtLKwO9<#k%5*69(a(GbG`JGK+Ill8L<HQX*-Li(x1-n-Q`3;X}~N(BR2PHUZk8RgWZZvq;FP35"
        "nEHuVwvWT2{xak-@>Yzcx>V&fcSpM7T54I=?ND;0q^MOw=OFs%pJXGTzML*3*m8$BfR15U8~1q)k-kFD)~d*bnB0Z`jL;X&g"
        "e+>z*{e8THD(NO!YkQq1Z)7v@KXj<ZyV@5cgZg%(oPzYn~2w32~u0Z6Uv7gDlE-Gxn9Xy_TSNI^z0QSX|N_{{=om5HX3j@is"
        "(8Wi!b>8;)gcU{nC##-D^O2dGjk08&gM7rVa=>*N3q2L=ag3~vkC;f%9zIwJ4(#{$hqf3D)IvcC!U}EoqiF#Ug9+T83AS4U!"
        "j;0mb6j;fk=nL!0;)8ZziC804cPu*kdiBiF=Hj#s`igV?tkx#FF{#)8)_h`8!#6&A|8cUNW!wF-d}8w{OV7(ivhQ9~33E31I"
        "=SOtZU>nqQE##B)Z&xXsc|V@jm(Q3`j+`dK*C4pRy8MVcdp<Pt^H-c*wp8oqF>{B!HRP}j*Gm$17e3$;>D`r6eav*unr}<f%"
        "4J!@VJjPa5#hWJPmHx8>1VrHI4q+&!)gEr^!@31N3t1lTQ8NrG9eSR-C|MxTUe~bw5M>(-)+9G4x&#w(T~q?pmwYX>Q2}rPB"
        "FPd6;0EqQt@eP1d>zzl<&O2A$Grly*>170R$8JD9A&Hi>M0l-=lgM9%$)=iO8b$6iyuz@^Z1vuW`bAB5Gyqg6#P%3TYcH6;)"
        "q95*A^eHE;CP&E5&jWzAbn-CD_T>I+$Zm)L}OX+df<hi^x!&#<pc16LaEd!GV={ztQQ)$&nlW>i~H)Ua2Y|@;%yWb0l{_`3r"
        ")Yd^L>1auE1ni{lT?2ovjG6Q!=fza{MP=&C5wm(oQ)y`)Am73+KdeJiM7S=j_5DKUlh;&@Vf~vxvH5z`^%A=-fkjMr=AHJ^$"
        "y>H}`R?N~m0EfZG0@ZxO6A!Pbf(I|Yb=>c7v#9qaY~iiP-|iSt80)>k?Qem)G>GEA%oRm9!e{7F7_&t$nS)8!(@uYaRJBaD&"
        "3tok>djol`kc<nU}{0Q2XA=_YG@<Du-zTv-Jqj6<zmTbH(NfgnT!l(yF2zE7_<Cb#5%dUUgm0YRgk6)gF9ayZt$g?xi?6OO8"
        "wpCuCvhj=z7s@o<%Ts#fA=gH49V&YN27M`L}2_wGEXaio9Rhz+}<w>M(`nlnz;OI|Gy&@Oi2r#W8N!K6T(SYJD;5%3nPSjIl"
        "e+nX(56YKV=$bL+F2r_#+l=cxctG&L%c`c{KIOD)A5HGmC8Qg+vjWkHWu$i*2@MDXrxv)gmk!MBm7nrr8x-sf!w6Z3=$CKEj"
        ">hBcr*uH^Bm55ab&@)<;{bqK)OcZozO>e=jyHrE&tKNw=XT$(3z-#UyyqKRbGZf^S^e-ngHz+gblV`>%PP}K}&6#Y5iiB#?*"
        "s3B~iV@qfv<PQCPAgW{-IZVSd8}xYTTu}3xN8)d&~iY^>I#idd$jQOQmc~?gPI#>U0Pz!89YMz?fP^cv!v<i3GxBwqg9Lw7n"
        "4hHqRdG6d+jHo8!HtD%&@!aeBnGF4F-cjTRU3Y{tl`q8D*S*FWZ<O1tR?O%~svzBf_Z$mmA`Fz`pXtzF7D%f3<QB>ZpLa&FT"
        "g<y~fLaxa&l3vQEUOr_n%)rEkze$krWEXtm|Gou<s&?AG+o9>1|py-`=CEDNlKgmz7ei?1U=X14K5)%!0iERu8=S@PhF`CDe"
        "+!_p$_Fy8RAQ;XXxG5Y$p$^`LNseTt{r4~Z6JGoRDPUg@We3<gBh^9SA$EPNWKZ<eedD}zVT-(CGU(ww4o1eI>u$mJI4g78Q"
        "q=OM<xC%$wDN7!aQgFCvFr6C~?=s&|<)0TR`hq_%t3LP1pm8)PHYN`Iys`{BZ)*m8!M==7>ndp^?fepkQMoi{3#nGIm+~wKm"
        "o|C3T;Vr$#;1k-I@TTfA@N?mLI-aPLg$WP>J`xdt`DDTFkmY|!7(KsH7N44(9d#b4LNP}CiA<#8Kp$ft>j*OJ-N15UTbqsE)"
        "e(sUmyM>QJftAvrM@BxlH^R{o{Z8SM(vyfBt=~&3XC0w|7sY_D-Ge-Tnjf*Xu<"
    ),
    "zip": (
        "c-jl_W@Zs#xU9b`+-|}ZubDAgtM0WdN)+<!?>Or7W~GT?;fmRcY5qaSZIYBWFP~U=ciZ<F^+pTk8(zJZbs{<~Gbc4KF*ns#D"
        "Yc{|wMf@USC^M7z?+dtgjs|E3_RLnB-O)McZe}CfUpn)0yHp!$b!Uz)S_bjqSS)?q7uE7{NxIB{mHho7O!MtU;tr36#Xy6;Q"
        "DjG4$w=@%|X{*E?HOM%7D*Up!VX7%!1t1ypm$Q<l-`Pm7;QYmaJA`U;trZ6bG0{!5xrTQj(aQk(vT=0xKIx0Sgc^0evZK58?"
        "p;o32|#"
    ),
}
"""By the suffix of the format; packed, since they are binary."""


@pytest.mark.parametrize("suffix", FOUND)
def test_what_fuzzing_found_is_read_or_refused(suffix: str) -> None:
    data = zlib.decompress(base64.b85decode(FOUND[suffix]))
    taken = take(data, f"found.{suffix}")
    assert taken.reading or str(taken.refusal).startswith(f"found.{suffix} ")


def test_an_entry_without_a_name_is_a_member() -> None:
    data = zlib.decompress(base64.b85decode(FOUND["zip"]))
    assert take(data, "found.zip").members


def test_a_text_of_nothing_but_a_rare_space_is_empty() -> None:
    assert str(take("\u2000".encode("utf-16"), "found.txt").refusal) == "found.txt holds only white space"


def test_a_forwarded_message_is_written_as_it_was_sent() -> None:
    """Folding its header anew changed its bytes, and never ended where a parameter has such a name."""
    sent = (
        f"From: a@tarn.example\nContent-Type: text/plain; {'x' * 100}*=utf-8''%C3%A9\n\nThe port is closed.\n"
    )
    around = (
        "From: b@tarn.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=cut\n\n"
        f"--cut\n\nSee below.\n--cut\nContent-Type: message/rfc822\n\n{sent}\n--cut--\n"
    )
    (member,) = take(around.encode(), "found.eml").members
    assert member.data == sent.encode()
